// Quectel's socket commands, as BC65/BC92, BC26/BC20 and EC200x/EC600x/EG912Y share them: every production that two of them have.
// A dialect's own file says first what differs within them, then adds what it has beside them, and lists in `message` those that it has.
// A production stands below the wire line that it reads; sections are those of the BC26&BC20 manual, where it has the command.
//
// What a dialect says first:
//   year              the digits of a year
//   ping_address      whether a ping's address stands in quotes
//   ping_timeout_code the lone numbers that mean that a reply did not come
//   qistate_rest      what a socket's row has behind its access mode
//   secondary         the second address of a DNS server
//   qicfg_number      the options of one number; qicfg_own the other options; qicfg_name the names of all
%%{
machine quectel_sockets;

# 2.3.1 +QIOPEN: 0,0
qiopen = "+QIOPEN" colon ( test_reply | number >is_socket_opened comma number );

# 2.3.2 +QICLOSE: (0-4), and the other commands that answer their test form alone
tests = "+" ( "QICLOSE" | "QISENDEX" | "QISWTMD" | "QIDNSGIP" ) colon test_reply;

# 2.3.3 +QISTATE: 0,"TCP","220.180.239.212",8062,1234,2,1,0
qistate = "+QISTATE" colon ( test_reply | number >is_socket_status comma string comma address ( comma number ){5} qistate_rest );

# 2.3.4 +QISEND: 9,9,0
qisend = "+QISEND" colon ( test_reply | number >is_send_totals comma number comma number );

# 2.3.5 +QIRD: 10                     viewmode 0
#       +QIRD: 10,2                   viewmode 0, showlength 1
#       +QIRD: 10,0123456789          viewmode 1
#       +QIRD: 10,2,0123456789        viewmode 1, showlength 1
qird = "+QIRD" colon ( test_reply
     | number >is_data_read ( "," @read_comma ( " " @space_after_comma )? number ( "," @inline_header )? )? );

# 2.3.8 +QPING: 0,"47.100.63.174",32,560,88
#       +QPING: 569
#       +QPING: 0,4,4,0,220,560,322
#       +QPING: 561
ping_timeout = ping_timeout_code >mark %done %is_ping_timeout;
ping_failed  = ( plain_number - ping_timeout_code ) >mark %done %is_ping_failed;
qping = "+QPING" colon ( test_reply
      | ( ping_timeout | ping_failed )
        ( comma ( ping_address comma >is_ping_reply number comma number comma number
                | number comma >is_ping_summary number ( comma number ){4} ) )? );

# 2.3.9 +QNTP: 0,"19/06/11,11:08:20+32"
#       +QNTP: 569
dd = digit{2};
time = '"' @mark_behind year "/" dd "/" dd "," dd ":" dd ":" dd ( ":" dd >extra_time_group )? ( [+\-] dd | "" %missing_zone ) '"' @done;
qntp_result = number >is_time_synced ( comma time )?;

# 2.3.10 +QIURC: "dnsgip",0,2,60
#        +QIURC: "dnsgip",565
#        +QIURC: "dnsgip","195.34.89.241"
dnsgip = 'dnsgip"' comma ( number %is_dns_result ( comma number comma number )?
                         | address_or_number %is_dns_address );

# 2.3.11 +QIDNSCFG: 1,"218.2.2.2","8.8.8.8"
qidnscfg = "+QIDNSCFG" colon ( test_reply | number >is_dns_servers comma address secondary );

# 2.3.12 +QICFG: "dataformat",0,1
#        +QICFG: "viewmode",1
qicfg = "+QICFG" colon '"' @mark_behind
      ( "dataformat" '"' @done comma ( test_list | value_2 >is_named_option )
      | qicfg_number '"' @done comma ( test_list | value_1 >is_named_option )
      | qicfg_own
      | ( character* - qicfg_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* );

# 2.3.13 +QIGETERROR: 552,invalid parameters
qigeterror = "+QIGETERROR" colon ( test_reply | number >is_last_error "," ( " " >space_after_comma words | ( text_byte+ - ( " " text_byte* ) ) >mark %done ) );

# 2.4.1 +QIURC: "closed",0
closed = 'closed"' comma number >is_peer_closed;

# 2.4.3 +QIURC: "recv",0,"buff full"
buff_full = '"buff full"' >is_buffer_full;

# The socket whose settings decide what follows.
connect_id = plain_number >mark >small_number $small_digit %done;

# BC65&BC92 2.3.5 +QIURC: "incoming",1,0,"192.168.2.2",36566
# BC65&BC92 2.3.4 +QIURC: "incoming full"
incoming = 'incoming"' comma number >is_incoming comma number comma address comma number
         | 'incoming full"' @is_incoming_full;

undocumented_urc = '"' @is_undocumented ( ",(" @is_supported )? text_byte*;
}%%
