// SIMCom A76XX, module to host (A76XX TCPIP Application Note V1.04 and the AT manual V1.09 that it points to).
// A production stands below the wire line that it reads; the command's name stands for its section.
%%{
machine a76xx_module;
include common "common.rl";

# NETOPEN   +NETOPEN: 0    the result, or the state that answers AT+NETOPEN?
netopen = "+NETOPEN" colon number >is_network_opened;
# NETCLOSE  +NETCLOSE: 0
netclose = "+NETCLOSE" colon number >is_network_closed;

# CIPOPEN   +CIPOPEN: 1,0
#           +CIPOPEN: 1,"TCP","117.131.85.139",5253,-1
#           +CIPOPEN: 2
cipopen = "+CIPOPEN" colon ( test_reply | number >is_idle_link
          ( comma ( number >is_socket_opened | string >is_socket_status comma address comma number comma integer ) )? );

# CIPSEND   +CIPSEND: 1,5,5
cipsend = "+CIPSEND" colon ( test_reply | number >is_send_result comma number comma integer );
# CIPSENDSTR +CIPSENDSTR: 1,5
cipsendstr = "+CIPSENDSTR" colon ( test_reply | number >is_sendstr_result comma number );

# CIPRXGET  +CIPRXGET: 1            the mode
#           +CIPRXGET: 1,1          data waits
#           +CIPRXGET: 2,1,5,11     raw data follows
#           +CIPRXGET: 3,1,5,6      hexadecimal data follows
#           +CIPRXGET: 4,1,16       unread
ciprxget_mode = [0-4];
ciprxget = "+CIPRXGET" colon ( test_reply
         | "0" >mark %done %is_option
         | "1" >mark ( "" %done %is_option | comma number >is_data_available )
         | "2" comma number >is_read_raw comma number comma number
         | "3" comma number >is_read_hex comma number comma number
         | "4" comma number >is_unread comma number
         | ( digit+ - ciprxget_mode ) %is_undocumented ( "," text_byte* )? );
# CIPRXGET 5 +CIPRXGETIP:117.131.85.139:5253
ciprxgetip = "+CIPRXGETIP:" @named endpoint >is_notice_source;

# CIPCLOSE  +CIPCLOSE: 1,0
#           +CIPCLOSE: 0,1,0,0,0,0,0,0,0,0
cipclose = "+CIPCLOSE" colon ( test_reply
         | number >is_socket_closed comma number
           ( "," @reopen ( " " @space_after_comma )? plain_number ( comma plain_number ){7} %done %is_open_sockets )? );

# IPADDR    +IPADDR: 10.148.0.17
ipaddr = "+IPADDR" colon bare_address >is_local_address;

# CIPHEAD   +CIPHEAD: 1, and the other settings of one number
settings_1 = "+" ( "CIPHEAD" | "CIPSRIP" | "CIPMODE" | "CIPSENDMODE" ) colon ( test_reply | value_1 >is_option );
# CIPTIMEOUT +CIPTIMEOUT: 120000,120000,120000
ciptimeout = "+CIPTIMEOUT" colon ( test_reply | value_3 >is_option );
# CIPCCFG   +CIPCCFG: 10,0,0,1,0,0,500,0    a real A7670E leaves out the last
cipccfg = "+CIPCCFG" colon ( test_reply | ( plain_number ( comma plain_number ){6,7} ) >mark %done >is_option );
# CTCPKA    +CTCPKA: 1,2,5,1
ctcpka = "+CTCPKA" colon ( test_reply | value_4 >is_option );
# CSOCKSETPN +CSOCKSETPN: 1,6    and its test reply +CSOCKSETPN: 1,(1,6)
csocksetpn = "+CSOCKSETPN" colon ( test_reply | plain_number >mark >is_option comma ( plain_number %done | test_list ) );

# CSOC      +CSOC: "Mss",1500
#           +CSOC: "Tcpsrxt",6,1,2,3,4,5,6,7,8,9,10,11,12,13
csoc_name = ( "Tcpsrxt" | "Tcprxt" | "Mss" | "RecvWin" | "DnsTmr" );
csoc = "+CSOC" colon ( test_reply | '"' @mark_behind
     ( ( "Tcpsrxt" | "Tcprxt" ) '"' @done comma ( plain_number ( comma plain_number ){13} ) >mark %done >is_named_option
     | ( "Mss" | "RecvWin" ) '"' @done comma value_1 >is_named_option
     | "DnsTmr" '"' @done comma ( plain_number ( comma plain_number ){9} ) >mark %done >is_named_option
     | ( character* - csoc_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* ) );

# CIPCFG    +CIPCFG: "transwaittm",100    and its test reply +CIPCFG: "transwaittm",(5-1000)
#           +CIPCFG: "DATAECHO",ON        and its test reply +CIPCFG: "DATAECHO","ON/OFF"
cipcfg_name = ( "transwaittm" | "DATAECHO" );
cipcfg = "+CIPCFG" colon ( test_reply | '"' @mark_behind
       ( "transwaittm" '"' @done comma ( test_list | value_1 >is_named_option )
       | "DATAECHO" '"' @done comma ( '"ON/OFF"' @is_supported | ( "ON" | "OFF" ) >mark %done >is_named_option )
       | ( character* - cipcfg_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* ) );

# SERVERSTART +SERVERSTART: 0,8080    index first
serverstart = "+SERVERSTART" colon ( test_reply | number >is_server_listening comma number );
# SERVERSTOP +SERVERSTOP: 0,0
serverstop = "+SERVERSTOP" colon number >is_server_stopped comma number;

# CIPACK    +CIPACK: 9,9,4
cipack = "+CIPACK" colon ( test_reply | number >is_send_totals comma number comma number );

# CDNSGIP   +CDNSGIP: 1,"www.simcom.com","117.131.85.139"
#           +CDNSGIP: 0,10
cdnsgip = "+CDNSGIP" colon ( test_reply | number >is_dns_answer comma ( string comma address | number >is_dns_failed ) );

# CDNSCFG   Primary IPv4 DNS: 218.2.2.2,Secondary IPv4 DNS: 8.8.8.8
dns_v4 = "Primary IPv4 DNS" colon bare_address >is_dns_servers_v4 comma "Secondary IPv4 DNS:" ( " " | "" %no_space_after_colon ) bare_address;
dns_v6 = "Primary IPv6 DNS" colon bare_address >is_dns_servers_v6 comma "Secondary IPv6 DNS:" ( " " | "" %no_space_after_colon ) bare_address;
cdnscfg = "+CDNSCFG" colon test_reply;

# 4.2       +IPCLOSE: 1,1
ipclose = "+IPCLOSE" colon number >is_peer_closed comma number;
# 4.2       +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY
cipevent_text = "NETWORK CLOSED UNEXPECTEDLY";
cipevent = "+CIPEVENT" colon ( cipevent_text %is_network_lost | ( ( ( text_byte - " " ) text_byte* ) - cipevent_text ) %is_undocumented );
# 4.2       +CLIENT: 0,0,192.168.108.5:57202
client = "+CLIENT" colon number >is_incoming comma number comma endpoint;

# 3.2.1     RECV FROM:117.131.85.139:5253
recv_from = ( "RECV" | "+RECV" @leading_plus ) " FROM:" @named ( " " @space_after_recv_from )? endpoint >is_data_source;
# 3.2.1     +IPD16
ipd = "+IPD" @named number >is_ipd;
# CIPHEAD   +RECEIVE,1,16
receive = "+RECEIVE," @named number >is_receive "," number ( ":" @colon_after_length )?;

# 4.1       +IP ERROR: No data
#           +IP ERROR: 22
ip_error_info = digit+ >mark %done %is_ip_code | ( text_byte+ - digit+ ) >mark %done %is_ip_text;
ip_error = "+IP ERROR" ":" @named ( " " ip_error_info | ( ip_error_info & ^" " text_byte* ) >no_space_after_colon );
# 4.1       +CIPERROR: 4
ciperror = "+CIPERROR" colon number >is_cip_error;

message = general | netopen | netclose | cipopen | cipsend | cipsendstr | ciprxget | ciprxgetip | cipclose | ipaddr | settings_1
        | ciptimeout | cipccfg | ctcpka | csocksetpn | csoc | cipcfg | serverstart | serverstop | cipack | cdnsgip | dns_v4 | dns_v6
        | cdnscfg | ipclose | cipevent | client | recv_from | ipd | receive | ip_error | ciperror;
line := lead ( ( " " @begin @leading_blank )? message >begin terminator | echo >begin | prompt >begin );
}%%
