// What the grammar's actions do, for every dialect. The actions that only name a form, `is_<production>`, are derived from the
// grammar (generated/<dialect>_forms.rl).
%%{
machine actions;

action begin       { lexer.begin(p); }
action mark        { lexer.mark(p); }
action mark_behind { lexer.mark(p + 1); }
action done        { lexer.done(p); }
action reopen      { lexer.reopen(); }
action named       { lexer.named(p); }
action odd_lead    { lexer.odd_lead = true; }

action end_line                  { lexer.end(2); fbreak; }
action end_line_feed             { lexer.quirk(Quirk::bare_line_feed, p); lexer.end(1); fbreak; }
action end_extra_carriage_return { lexer.end(3); lexer.quirk_at_end(Quirk::extra_carriage_return); fbreak; }
action end_carriage_return       { lexer.quirk_at_end(Quirk::bare_carriage_return); lexer.end(1); fhold; fbreak; }
action end_two_carriage_returns  { lexer.quirk_at_end(Quirk::bare_carriage_return); lexer.end(2); fhold; fbreak; }
action end_echo                  { lexer.terminator = 1; lexer.stop = Stop::echo; fbreak; }
action inline_header             { lexer.stop = Stop::inline_header; fbreak; }

action is_supported    { lexer.is_supported(); }
action is_information  { lexer.is_information(); }
action is_undocumented { lexer.is_undocumented(p); }
action is_echo {
    if (!lexer.echo_expected()) fgoto rest_of_line;
    lexer.is(Lexer::echo_form);
    fgoto echoed;
}
action is_prompt {
    if (!lexer.prompt_expected()) fgoto rest_of_line;
    lexer.stop = Stop::prompt;
    fbreak;
}
# A number that decides what follows it, kept digit by digit.
action small_number { lexer.small = 0; }
action small_digit  { lexer.add_digit(*p); }

action read_comma {
    if (lexer.read_begins()) { lexer.stop = Stop::inline_header; fbreak; }
}
action push_comma {
    lexer.is(form("data_received"));
    if (!lexer.push_is_quoted()) { lexer.stop = Stop::inline_header; fbreak; }
}

action no_space_after_colon  { lexer.quirk(Quirk::no_space_after_colon, p); }
action space_after_comma     { lexer.quirk(Quirk::space_after_comma, p); }
action unquoted_address      { lexer.quirk(Quirk::unquoted_address, p); }
action quoted_address        { lexer.quirk(Quirk::quoted_address, p); }
action extra_time_group      { lexer.quirk(Quirk::extra_time_group, p); }
action missing_zone          { lexer.quirk(Quirk::missing_zone, p); }
action year_width            { lexer.quirk(Quirk::year_width, p); }
action alias                 { lexer.quirk(Quirk::alias, p); }
action leading_blank         { lexer.quirk(Quirk::leading_blank, p); }
action leading_plus          { lexer.quirk(Quirk::leading_plus, p); }
action space_after_recv_from { lexer.quirk(Quirk::space_after_recv_from, p); }
action colon_after_length    { lexer.quirk(Quirk::colon_after_length, p); }

# What stands behind a comma: a payload, or fields.
action unframed_comma {
    if (lexer.unframed_begins()) {
        lexer.is(form("data_received"));
        lexer.stop = Stop::inline_header;
        fbreak;
    }
}
action stream_read_comma {
    if (lexer.stream_read_begins()) { lexer.stop = Stop::inline_header; fbreak; }
}
action stream_push_comma {
    lexer.is(form("data_received"));
    if (lexer.stream_push_begins()) { lexer.stop = Stop::inline_header; fbreak; }
}
# A byte that begins neither: payload after all, where only a default had excluded it.
action stream_payload_begins {
    if (lexer.doubts.has(Doubt::inferred)) { lexer.stop = Stop::withdrawn; fhold; fbreak; }
    lexer.fault_at(lexer.offset(p));
    fhold;
    fgoto rest_of_line;
}

# CoAP messages.
action length_digit     { lexer.length_digit(p); }
action no_sender        { lexer.left_out(p); lexer.left_out(p); }
action dotted_zero      { lexer.quirk(Quirk::dotted_zero, p); }
action response_begins  { lexer.response_begins(); }
action mode_digit       { lexer.mode_digit(*p); }
action mode_found       { lexer.mode_found(); }
action token_found      { lexer.due.token = false; }
action no_token         { lexer.left_out(p); }
action option_found     { --lexer.due.options; }
action options_done     { lexer.done(p); }
action no_options       { lexer.left_out(p); }
action token_due        { lexer.due.token }
action option_due       { lexer.option_due() }
action length_due       { lexer.length_due() }
action count_or_length {
    if (lexer.is_length(p)) { lexer.stop = Stop::inline_header; fbreak; }
}
action payload_begins { lexer.stop = Stop::withdrawn; fhold; fbreak; }
action options_follow { lexer.options_follow(); }
action coap_complete  { lexer.coap_complete(p); }
}%%
