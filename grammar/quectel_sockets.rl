// Quectel's socket commands as BC65/BC92, BC26/BC20 and EC200x/EC600x/EG912Y share them. A dialect's own file adds what differs.
// A production stands below the wire line that it reads; sections are those of the BC26&BC20 manual.
%%{
machine quectel_sockets;

# 2.3.1 +QIOPEN: 0,0
qiopen = "+QIOPEN" colon ( test_reply | number >is_socket_opened comma number );

# 2.3.2 +QICLOSE: (0-4), and the other commands that answer their test form alone
tests = "+" ( "QICLOSE" | "QISENDEX" | "QISWTMD" | "QIDNSGIP" ) colon test_reply;

# 2.3.4 +QISEND: 9,9,0
qisend = "+QISEND" colon ( test_reply | number >is_send_totals comma number comma number );

# 2.3.8 +QPING: 0,"47.100.63.174",32,560,88
#       +QPING: 569
#       +QPING: 0,4,4,0,220,560,322
#       +QPING: 561
ping_timeout = "569" >mark %done %is_ping_timeout;
ping_failed  = ( plain_number - "569" ) >mark %done %is_ping_failed;
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

# 2.3.13 +QIGETERROR: 552,invalid parameters
qigeterror = "+QIGETERROR" colon ( test_reply | number >is_last_error "," ( " " >space_after_comma words | ( text_byte+ - ( " " text_byte* ) ) >mark %done ) );

# 2.4.1 +QIURC: "closed",0
closed = 'closed"' comma number >is_peer_closed;

# 2.3.1 note 4: +IP: 10.18.237.42
ip = "+IP" colon host >mark %done >is_local_address;
}%%
