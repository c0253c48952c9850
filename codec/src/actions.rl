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

}%%
