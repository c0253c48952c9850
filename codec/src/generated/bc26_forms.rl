// Made by codec/generate from grammar/bc26.rl and what it includes.
%%{
machine forms;
action is_buffer_full { lexer.is(form("buffer_full")); }
action is_close_ok { lexer.is(form("close_ok")); }
action is_closed { lexer.is(form("closed")); }
action is_cme_code { lexer.is(form("cme_code")); }
action is_cme_text { lexer.is(form("cme_text")); }
action is_cms_code { lexer.is(form("cms_code")); }
action is_cms_text { lexer.is(form("cms_text")); }
action is_connect { lexer.is(form("connect")); }
action is_connect_fail { lexer.is(form("connect_fail")); }
action is_data_available { lexer.is(form("data_available")); }
action is_data_read { lexer.is(form("data_read")); }
action is_dns_address { lexer.is(form("dns_address")); }
action is_dns_result { lexer.is(form("dns_result")); }
action is_dns_servers { lexer.is(form("dns_servers")); }
action is_error { lexer.is(form("error")); }
action is_last_error { lexer.is(form("last_error")); }
action is_local_address { lexer.is(form("local_address")); }
action is_named_option { lexer.is(form("named_option")); }
action is_no_carrier { lexer.is(form("no_carrier")); }
action is_ok { lexer.is(form("ok")); }
action is_peer_closed { lexer.is(form("peer_closed")); }
action is_ping_failed { lexer.is(form("ping_failed")); }
action is_ping_reply { lexer.is(form("ping_reply")); }
action is_ping_summary { lexer.is(form("ping_summary")); }
action is_ping_timeout { lexer.is(form("ping_timeout")); }
action is_send_fail { lexer.is(form("send_fail")); }
action is_send_ok { lexer.is(form("send_ok")); }
action is_send_totals { lexer.is(form("send_totals")); }
action is_socket_opened { lexer.is(form("socket_opened")); }
action is_socket_status { lexer.is(form("socket_status")); }
action is_time_synced { lexer.is(form("time_synced")); }
}%%
