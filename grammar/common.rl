// What every module sends: the framing of lines, the spelling of fields, the general result codes. Syntax only; a driver in
// codec/src names the actions.
//
//   mark, mark_behind, done   a field begins here, behind this byte; ends before this byte
//   named                     `+NAME` ends before this colon
//   is_<production>           from this byte on the line can only be this form
//   <quirk>                   this byte departs from the documented form
%%{
machine common;
alphtype unsigned char;

CR = 13;
LF = 10;
text_byte = ^( 13 | 10 );                 # of a line
character = ( 32..126 | 128..255 ) - '"';  # of a quoted string
name_byte = [A-Z0-9_];

# ── Framing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

# <CR><LF>; tolerated: <CR><CR><LF>, <LF>, and <CR> or <CR><CR> before a byte that begins another line.
terminator = LF @end_line_feed
           | CR ( LF @end_line
                | ^( 13 | 10 ) @end_carriage_return
                | CR ( LF @end_extra_carriage_return | ^10 @end_two_carriage_returns ) );

# Any other line, or what is left of a line that broke its grammar behind its name.
rest_of_line := text_byte* terminator;

# A line that none of the names begins: +CSQ: 23,0 is information, anything else is text.
other_name := name_byte* ( ":" @named @is_information text_byte* terminator | ( ^( 13 | 10 ) - name_byte - ":" ) text_byte* terminator | terminator );

# The command line that comes back, ended by <CR>.
echoed := text_byte* ( CR @end_echo | LF @end_line_feed );

# ── Fields ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

none         = any - any;
plain_number = [0-9]+;
number       = plain_number >mark %done;
integer      = ( "-"? plain_number ) >mark %done;

string  = '"' @mark_behind character* '"' @done;
# Text to the line's end.
words   = text_byte+ >mark %done;
# 10.148.0.17 or 2409:8960:1e64:94d8:1:0:3b3b:7118
host    = [0-9A-Fa-f.:]+;
address = string | host >unquoted_address >mark %done;
# The same where a number may stand instead.
address_or_number = string | ( [0-9A-Fa-f]* [.:] @unquoted_address host? ) >mark %done;
bare_address = host >mark %done | string >quoted_address;
# 117.131.85.139:5253; the last colon separates
endpoint = ( ( [0-9A-Fa-f.]* ":" )+ [0-9]+ ) >mark %done;

comma = "," ( " " @space_after_comma )?;
colon = ":" @named ( " " | "" %no_space_after_colon );

# Settings read back: values that stay one field.
value_1 = plain_number >mark %done;
value_2 = ( plain_number comma plain_number ) >mark %done;
value_3 = ( plain_number ( comma plain_number ){2} ) >mark %done;
value_4 = ( plain_number ( comma plain_number ){3} ) >mark %done;

# The reply to a test form: (1-3),(0-4),<data>
test_reply = [(<] @is_supported text_byte*;
# …,(0,1) behind a quoted option name
test_list  = "(" @is_supported text_byte*;

# ── General lines (V.250, 27.007, 27.005) ────────────────────────────────────────────────────────────────────────────────────

cme_error = digit+ >mark %done %is_cme_code | ( text_byte+ - digit+ ) >mark %done %is_cme_text;
cms_error = digit+ >mark %done %is_cms_code | ( text_byte+ - digit+ ) >mark %done %is_cms_text;

general =
    # OK
      "OK" @is_ok
    # ERROR
    | "ERROR" @is_error
    # +CME ERROR: 50
    # +CME ERROR: SIM not inserted
    | "+CME ERROR" ":" @named ( " " cme_error | ( cme_error & ^" " text_byte* ) >no_space_after_colon )
    # +CMS ERROR: 302
    | "+CMS ERROR" ":" @named ( " " cms_error | ( cms_error & ^" " text_byte* ) >no_space_after_colon )
    # CONNECT
    # CONNECT FAIL
    # CONNECT 115200
    | "CONNECT" @is_connect ( " " ( "FAIL" %is_connect_fail | ( text_byte+ - "FAIL" ) >mark %done ) )?
    # NO CARRIER
    | "NO CARRIER" @is_no_carrier
    # SEND OK
    | "SEND " ( "OK" @is_send_ok | "FAIL" @is_send_fail )
    # CLOSE OK
    # CLOSED
    | "CLOSE" ( " OK" @is_close_ok | "D" @is_closed );

# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

# What leads a line is <CR><LF>; any other mix of the two is odd.
lead = ( CR ( CR @odd_lead )* LF | LF @odd_lead )* ( CR ( CR @odd_lead )* %odd_lead )?;

# AT…<CR> coming back
echo = [Aa] [Tt] @is_echo;
# >
prompt = ">" @is_prompt;
}%%
