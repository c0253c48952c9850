// EC200x, EC600x and EG912Y, module to host: what their TCP/IP note V1.0 has beside quectel_sockets.rl.
%%{
machine ec200x_module;
include common "common.rl";

year = digit{2} ( digit{2} | "" %year_width );
ping_address = address_or_number;
ping_timeout_code = "569";
# …,<serverID>,<access_mode>,"uart1"
qistate_rest = comma number comma string;
secondary = comma address;

# 2.3.15 +QICFG: "transpktsize",1024
qicfg_number = "transpktsize" | "transwaittm" | "viewmode" | "passiveclosed" | "udp/readmode" | "udp/sendmode" | "recvind"
             | "tcp/accept" | "send/buffersize" | "formatcfg" | "qisend/timeout" | "close/mode";
# 2.3.15 +QICFG: "tcp/keepalive",1,120,25,3   and +QICFG: "tcp/keepalive",0
#        +QICFG: "tcp/retranscfg",3,5
#        +QICFG: "send/auto",0,20,"3132"      without the message where none is set
#        +QICFG: "recv/ignore",0,"3132"       the same
keepalive = ( plain_number ( comma plain_number ){3} | plain_number ) >mark %done;
auto_send = ( plain_number comma plain_number ( comma '"' character* '"' )? ) >mark %done;
ignored   = ( plain_number ( comma '"' character* '"' )? ) >mark %done;
qicfg_own = "tcp/keepalive" '"' @done comma ( test_list | keepalive >is_named_option )
          | "tcp/retranscfg" '"' @done comma ( test_list | value_2 >is_named_option )
          | "send/auto" '"' @done comma ( test_list | auto_send >is_named_option )
          | "recv/ignore" '"' @done comma ( test_list | ignored >is_named_option );
qicfg_name = "dataformat" | qicfg_number | "tcp/keepalive" | "tcp/retranscfg" | "send/auto" | "recv/ignore";

include quectel_sockets "quectel_sockets.rl";

# 2.3.1 +QICSGP: 1,"UNINET","","",1
qicsgp = "+QICSGP" colon ( test_reply | number >is_context_profile comma string comma string comma string comma number );
# 2.3.2 +QIACT: 1,1,1,"10.7.157.1"
qiact = "+QIACT" colon ( test_reply | number >is_context_status comma number comma number ( comma address ( comma address )? )? );
# 2.3.3 +QIDEACT: (1-15)
qideact = "+QIDEACT" colon test_reply;

# A length that decides what follows it.
sized = plain_number >mark >small_number $small_digit %done;
# 2.3.8 +QIRD: 10                            viewmode 0
#       +QIRD: 10,0123456789                 viewmode 1
#       +QIRD: 4,"10.7.76.34",7687           of a UDP service; viewmode 1 has a comma and the payload behind it
#       +QIRD: 14,14,0                       answers a read of length 0
qird_of_service = "+QIRD" colon ( test_reply
     | sized >is_data_read ( "," @stream_read_comma
       ( number >is_receive_totals comma number
       | string >is_data_read_from comma number ( "," @inline_header )?
       | ^( digit | '"' ) @stream_payload_begins ) )? );

# 2.3.12 +QNTP: 0,"2018/04/20,11:08:20+32"
#        +QNTP: "202.120.2.101",123          answers AT+QNTP?
qntp = "+QNTP" colon ( test_reply | qntp_result | string >is_ntp_server comma number );

# 2.3.16 +QISDE: 1
qisde = "+QISDE" colon ( test_reply | value_1 >is_option );

# 2.4.2 +QIURC: "recv",0                     buffer access mode
#       +QIURC: "recv",0,12                  buffer access mode, recvind 1; or direct push: the payload follows
#       +QIURC: "recv",0,4,test              direct push, viewmode 1
#       +QIURC: "recv",2,4,"10.7.76.34",7687 of a UDP service; viewmode 1 has a comma and the payload behind it
recv = 'recv"' comma connect_id >is_data_available
       ( comma number ( "," @stream_push_comma
                        ( string >is_data_received_from comma number ( "," @inline_header )?
                        | ^'"' @stream_payload_begins ) )? )?;

# 2.4.5 +QIURC: "pdpdeact",1
pdpdeact = 'pdpdeact"' comma number >is_context_lost;

qiurc_name = "dnsgip" | "closed" | "recv" | "incoming" | "incoming full" | "pdpdeact";
qiurc = "+QIURC" colon '"' ( dnsgip | closed | recv | incoming | pdpdeact | ( character* - qiurc_name ) undocumented_urc );

message = general | qicsgp | qiact | qideact | qiopen | tests | qistate | qisend | qird_of_service | qping | qntp | qidnscfg | qicfg
        | qisde | qigeterror | qiurc;
line := lead ( ( " " @begin @leading_blank )? message >begin terminator | echo >begin | prompt >begin );
}%%
