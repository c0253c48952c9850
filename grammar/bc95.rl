// BC95-G and BC68, module to host (BC95-G&BC68 CoAP Application Note V1.0).
// A production stands below the wire line that it reads.
//
// What a message has behind its message id follows from what stands there; a lexer counts it:
//   token_due, option_due   a token or another option is to come
//   length_due              neither is, and a payload may
//   coap_complete           the line may end here, if nothing is due
%%{
machine bc95_module;
include common "common.rl";

# 2.1 +QCOAPCREATE: (1-65535), and the other commands that answer their test form alone
tests = "+" ( "QCOAPCREATE" | "QCOAPADDRES" | "QCOAPHEAD" | "QCOAPOPTION" | "QCOAPSEND" ) colon test_reply;

# 2.7 +QCOAPDATASTATUS: 4
#     +QLWDATASTATUS:4, the manual's slip
qcoapdatastatus = ( "+QCOAPDATASTATUS" | "+QLWDATASTATUS" @alias ) colon number >is_coap_send_status;

# 2.8 +QCOAPCFG: "Showra",0
qcoapcfg_name = "Showra" | "Showrspopt";
qcoapcfg = "+QCOAPCFG" colon '"' @mark_behind
         ( qcoapcfg_name '"' @done comma ( test_list | value_1 >is_named_option )
         | ( character* - qcoapcfg_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* );

# 180.101.147.115,5683, where Showra is 1, before the type
type_behind_sender = ( ( [0-9A-Fa-f]* [.:] host? ) >mark %done | string >quoted_address ) comma number comma number
                   | plain_number >mark %no_sender %done;
# 2.05, or 0 for an empty message
code = ( digit "." digit{2} | "0" | "0.00" %dotted_zero ) >mark %done;
# 11,"rd"
option_number = digit{1,5};
value  = character* '"' @option_found;
option = option_number comma '"' value;
next_option = "," when option_due ( " " @space_after_comma )? option;
# 25,4E69…
length_and_payload = "," when length_due ( " " @space_after_comma )? number "," @inline_header;

# What begins behind a number of up to twelve: the first of so many options, or payload of that length.
first_option = option_number "," '"' @options_follow;
no_option    = ^digit @payload_begins | option_number ( ^( digit | "," ) @payload_begins | "," ^'"' @payload_begins ) | digit{6} @payload_begins;

# 3.1 +QCOAPURC: "rsp",2,2.05,61440
#     +QCOAPURC: "rsp",2,2.05,61440,25,4E692048…
#     +QCOAPURC: "rsp",180.101.147.115,5683,2,2.05,61441,1,12,"0",41,hi name=aaaa…
rsp = 'rsp"' @is_coap_response @response_begins comma type_behind_sender comma code comma number
      ( comma plain_number >mark >small_number $length_digit "," @count_or_length
        ( no_option | first_option value next_option* %options_done length_and_payload? ) )?;

# 4,01020304
token = ( "1" comma ( xdigit{2}  >mark %done ) | "2" comma ( xdigit{4}  >mark %done ) | "3" comma ( xdigit{6}  >mark %done )
        | "4" comma ( xdigit{8}  >mark %done ) | "5" comma ( xdigit{10} >mark %done ) | "6" comma ( xdigit{12} >mark %done )
        | "7" comma ( xdigit{14} >mark %done ) | "8" comma ( xdigit{16} >mark %done ) );
# 89: bit 0 a token, bits 1 to 6 up to twelve options, bit 7 payload. Firmware prints it in decimal too: 137.
mode = ( [08] xdigit | [19] digit | "2" [0-5] | "12" [89] | "1" [34] digit | "15" [0-3] )
       >mark >small_number $mode_digit %mode_found %done;

# 3.2 +QCOAPURC: "req",180.101.147.115,5683,0,1,2802,09,4,5E3A2B1C,11,"t",11,"d",…
req = 'req"' @is_coap_request comma type_behind_sender comma number comma number comma mode
      ( "," when token_due @token_found ( " " @space_after_comma )? token | "" %no_token )
      ( "," when option_due ( " " @space_after_comma )? ( option >mark ) next_option* %options_done length_and_payload?
      | length_and_payload >no_options )?;

qcoapurc_name = "rsp" | "req";
qcoapurc = "+QCOAPURC" colon '"' ( rsp %coap_complete | req %coap_complete | ( character* - qcoapurc_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* );

message = general | tests | qcoapdatastatus | qcoapcfg | qcoapurc;
line := lead ( ( " " @begin @leading_blank )? message >begin terminator | echo >begin | prompt >begin );
}%%
