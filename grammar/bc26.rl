// BC26 and BC20, module to host: what BC26&BC20 TCP/IP V1.0 has beside quectel_sockets.rl.
%%{
machine bc26_module;
include common "common.rl";

year = digit{2} ( digit{2} >year_width )?;
ping_address = address_or_number;

include quectel_sockets "quectel_sockets.rl";

# 2.3.3 +QISTATE: 0,"TCP","220.180.239.212",8062,1234,2,1,0
qistate = "+QISTATE" colon ( test_reply | number >is_socket_status comma string comma address ( comma number ){5} );

# 2.3.5 +QIRD: 10                     viewmode 0
#       +QIRD: 10,2                   viewmode 0, showlength 1
#       +QIRD: 10,0123456789          viewmode 1
#       +QIRD: 10,2,0123456789        viewmode 1, showlength 1
qird = "+QIRD" colon ( test_reply
     | number >is_data_read ( "," @read_comma ( " " @space_after_comma )? number ( "," @inline_header )? )? );

# 2.3.9 +QNTTP: 0,"19/06/11,11:08:20:35+32", the manual's spelling of QNTP
qntp = "+QNT" ( "P" | "TP" >alias ) colon ( test_reply | qntp_result );

# 2.3.11 +QIDNSCFG: 1,"218.2.2.2","8.8.8.8"
qidnscfg = "+QIDNSCFG" colon ( test_reply | number >is_dns_servers comma address ( comma address )? );

# 2.3.12 +QICFG: "dataformat",0,1
#        +QICFG: "viewmode",1
qicfg_name = ( "dataformat" | "viewmode" | "showlength" | "echomode" );
qicfg = "+QICFG" colon '"' @mark_behind
      ( "dataformat" '"' @done comma ( test_list | value_2 >is_named_option )
      | ( "viewmode" | "showlength" | "echomode" ) '"' @done comma ( test_list | value_1 >is_named_option )
      | ( character* - qicfg_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* );

# 2.4.2 +QIURC: "recv",0              buffer access mode
#       +QIURC: "recv",0,12           buffer access mode, showlength 1; or direct push: the payload follows
#       +QIURC: "recv",0,12,"012345678901"   direct push, viewmode 1
# 2.4.3 +QIURC: "recv",0,"buff full"
recv = 'recv"' comma number >is_data_available
       ( comma ( '"buff full"' >is_buffer_full
               | number ( "," @push_comma '"' @inline_header )? ) )?;

qiurc_name = "dnsgip" | "closed" | "recv";
qiurc = "+QIURC" colon '"' ( dnsgip | closed | recv
      | ( character* - qiurc_name ) '"' @is_undocumented ( ",(" @is_supported )? text_byte* );

message = general | qiopen | tests | qistate | qisend | qird | qping | qntp | qidnscfg | qicfg | qigeterror | qiurc | ip;
line := lead ( ( " " @begin @leading_blank )? message >begin terminator | echo >begin | prompt >begin );
}%%
