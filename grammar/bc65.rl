// BC65 and BC92, module to host: what the BC65&BC92 TCP/IP note V1.0 has beside quectel_sockets.rl.
%%{
machine bc65_module;
include common "common.rl";

year = digit{2} ( digit{2} | "" %year_width );
# The address stands without quotes: 2.2.8, 4.4.
ping_address = ( [0-9A-Fa-f]* [.:] host? ) >mark %done | string >quoted_address;
ping_timeout_code = "1" | "569";
qistate_rest = "";
secondary = "";
qicfg_number = "viewmode" | "showlength" | "open_time";
qicfg_own    = none;
qicfg_name   = "dataformat" | qicfg_number;

include quectel_sockets "quectel_sockets.rl";

# 2.2.4 +QISEND: (0-5),(1-1440),"<data>"
qisend_test = "+QISEND" colon test_reply;

# 2.2.9 +QNTP: 0,"2018/04/20,11:08:20+32"
qntp = "+QNTP" colon ( test_reply | qntp_result );

# 2.2.13 +QIDNSCFG: "218.2.2.2","8.8.8.8"
qidnscfg_addresses = "+QIDNSCFG" colon ( test_reply | address comma >is_dns_servers address );

# 2.3.2 +QIURC: "recv",0              buffer access mode; or direct push, showlength 0: payload of unknown length follows
#       +QIURC: "recv",0,12           buffer access mode, showlength 1; or direct push: the payload follows
#       +QIURC: "recv",0,12,012345678901     direct push, viewmode 1
#       +QIURC: "recv",0,012345678901        the same, showlength 0
recv = 'recv"' comma connect_id >is_data_available
       ( "," @unframed_comma ( " " @space_after_comma )? ( buff_full | number ( "," >is_data_received @inline_header )? ) )?;

# 4.1.1 +CGPADDR: 1,"100.127.243.105"
cgpaddr = "+CGPADDR" colon number >is_local_address comma address;

qiurc_name = "dnsgip" | "closed" | "recv" | "incoming" | "incoming full";
qiurc = "+QIURC" colon '"' ( dnsgip | closed | recv | incoming | ( character* - qiurc_name ) undocumented_urc );

message = general | qiopen | tests | qistate | qisend_test | qird | qping | qntp | qidnscfg_addresses | qicfg | qigeterror | qiurc | cgpaddr;
line := lead ( ( " " @begin @leading_blank )? message >begin terminator | echo >begin | prompt >begin );
}%%
