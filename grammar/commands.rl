// What a host sends to every module: the command line of V.250 5.2.1 and 27.007 4. Which commands there are, and what their parameters
// mean, the dialects' tables say. A lexer sees one command of a whole line; the driver names the actions:
//
//   mark, done       a parameter begins here; ends before this byte
//   quoted, empty    it stands between quotes; it is left out
//   named            the command's name ends before this byte
//   is_test, …       which form it has
//   odd              a byte that the encoder would not write
//   joined           another command follows on the line
%%{
machine commands;
alphtype unsigned char;

printable = 32..126 | 128..255;
visible   = 33..126;

# AT+QIOPEN=1,0,"TCP","220.180.239.212",8062
# AT+QCOAPSEND=0, 2, 139.196.41.136, 5683    blanks are ignored
# AT+CIPOPEN=1,"UDP",,,5000                  a place may stay empty
blanks    = ( " " @odd )*;
quotes    = '"' ( printable - '"' )* >mark %done '"' @quoted;
# Quotes as a text processor sets them are none, and stand nowhere else. Behind `=` a `?` makes a test form.
bare      = ( ( visible - [",;?] ) ( ( visible | " " ) - [",;] )* ) >mark %done;
argument  = blanks ( quotes blanks | bare | "" %empty );
arguments = argument ( "," argument )*;

extended = "+" [A-Za-z0-9_]+ %named ( "=?" @is_test | "?" @is_read | "=" @is_write arguments | "" %is_execute );
# ATE0, ATO, AT&D1
basic    = ( printable - [;+" ] ) ( printable - [;"] )*;
command  = ( extended | basic ) ( ";" @joined )?;

# AT+QCOAPHEAD=1;+QCOAPOPTION=1,11,"rd"      only the first has AT
first := [Aa] [Tt] ( command | ";" @joined )?;
next  := command?;
}%%
