// BC26 and BC20, module to host: what BC26&BC20 TCP/IP V1.0 has beside quectel_sockets.rl.
%%{
machine bc26_module;
include common "common.rl";

year = digit{2} ( digit{2} >year_width )?;
ping_address = address_or_number;
ping_timeout_code = "569";
qistate_rest = "";
secondary = ( comma address )?;
qicfg_number = "viewmode" | "showlength" | "echomode";
qicfg_own    = none;
qicfg_name   = "dataformat" | qicfg_number;

include quectel_sockets "quectel_sockets.rl";

# 2.3.1 note 4: +IP: 10.18.237.42
ip = "+IP" colon host >mark %done >is_local_address;

# 2.3.9 +QNTTP: 0,"19/06/11,11:08:20:35+32", the manual's spelling of QNTP
qntp = "+QNT" ( "P" | "TP" >alias ) colon ( test_reply | qntp_result );

# 2.4.2 +QIURC: "recv",0              buffer access mode
#       +QIURC: "recv",0,12           buffer access mode, showlength 1; or direct push: the payload follows
#       +QIURC: "recv",0,12,"012345678901"   direct push, viewmode 1
recv = 'recv"' comma number >is_data_available
       ( comma ( buff_full | number ( "," @push_comma '"' @inline_header )? ) )?;

qiurc_name = "dnsgip" | "closed" | "recv";
qiurc = "+QIURC" colon '"' ( dnsgip | closed | recv | ( character* - qiurc_name ) undocumented_urc );

message = general | qiopen | tests | qistate | qisend | qird | qping | qntp | qidnscfg | qicfg | qigeterror | qiurc | ip;
line := lead ( ( " " @begin @leading_blank )? message >begin terminator | echo >begin | prompt >begin );
}%%
