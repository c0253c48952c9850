
// The lexer of the host's command lines. Made by codec/generate from this template (src/commands.rl.in) and grammar/commands.rl.
#include <atwire/detail/command_lexer.hpp>

namespace atwire::detail {
namespace {


static const char _command_line_actions[] = {
	0, 1, 0, 1, 1, 1, 3, 1, 
	5, 1, 9, 1, 10, 2, 1, 2, 
	2, 1, 10, 2, 3, 10, 2, 4, 
	6, 2, 4, 7, 2, 4, 8, 3, 
	0, 1, 2, 3, 4, 8, 10
};

static const char _command_line_key_offsets[] = {
	0, 0, 7, 11, 15, 17, 19, 26, 
	30, 34, 40, 45, 45, 55, 62, 70, 
	76, 79, 80, 86, 91, 91, 101, 108, 
	116, 122, 125
};

static const unsigned char _command_line_trans_keys[] = {
	95u, 48u, 57u, 65u, 90u, 97u, 122u, 34u, 
	127u, 0u, 31u, 34u, 127u, 0u, 31u, 65u, 
	97u, 84u, 116u, 95u, 48u, 57u, 65u, 90u, 
	97u, 122u, 34u, 127u, 0u, 31u, 34u, 127u, 
	0u, 31u, 34u, 43u, 59u, 127u, 0u, 32u, 
	34u, 59u, 127u, 0u, 31u, 59u, 61u, 63u, 
	95u, 48u, 57u, 65u, 90u, 97u, 122u, 32u, 
	34u, 44u, 59u, 63u, 33u, 126u, 32u, 34u, 
	44u, 59u, 33u, 62u, 64u, 126u, 44u, 59u, 
	32u, 33u, 35u, 126u, 32u, 44u, 59u, 59u, 
	34u, 43u, 59u, 127u, 0u, 32u, 34u, 59u, 
	127u, 0u, 31u, 59u, 61u, 63u, 95u, 48u, 
	57u, 65u, 90u, 97u, 122u, 32u, 34u, 44u, 
	59u, 63u, 33u, 126u, 32u, 34u, 44u, 59u, 
	33u, 62u, 64u, 126u, 44u, 59u, 32u, 33u, 
	35u, 126u, 32u, 44u, 59u, 59u, 0
};

static const char _command_line_single_lengths[] = {
	0, 1, 2, 2, 2, 2, 1, 2, 
	2, 4, 3, 0, 4, 5, 4, 2, 
	3, 1, 4, 3, 0, 4, 5, 4, 
	2, 3, 1
};

static const char _command_line_range_lengths[] = {
	0, 3, 1, 1, 0, 0, 3, 1, 
	1, 1, 1, 0, 3, 1, 2, 2, 
	0, 0, 1, 1, 0, 3, 1, 2, 
	2, 0, 0
};

static const unsigned char _command_line_index_offsets[] = {
	0, 0, 5, 9, 13, 16, 19, 24, 
	28, 32, 38, 43, 44, 52, 59, 66, 
	71, 75, 77, 83, 88, 89, 97, 104, 
	111, 116, 120
};

static const char _command_line_indicies[] = {
	0, 0, 0, 0, 1, 3, 1, 1, 
	2, 5, 1, 1, 4, 6, 6, 1, 
	7, 7, 1, 8, 8, 8, 8, 1, 
	10, 1, 1, 9, 12, 1, 1, 11, 
	1, 14, 1, 1, 1, 13, 1, 15, 
	1, 1, 13, 1, 16, 17, 18, 0, 
	0, 0, 0, 1, 19, 21, 22, 23, 
	24, 20, 1, 19, 21, 22, 23, 20, 
	20, 1, 26, 27, 25, 25, 1, 28, 
	29, 15, 1, 15, 1, 1, 31, 32, 
	1, 1, 30, 1, 32, 1, 1, 30, 
	1, 33, 34, 35, 8, 8, 8, 8, 
	1, 36, 38, 39, 40, 41, 37, 1, 
	36, 38, 39, 40, 37, 37, 1, 43, 
	44, 42, 42, 1, 45, 46, 32, 1, 
	32, 1, 0
};

static const char _command_line_trans_targs[] = {
	12, 0, 3, 16, 3, 16, 5, 18, 
	21, 8, 25, 8, 25, 10, 1, 11, 
	11, 13, 17, 14, 15, 2, 14, 11, 
	17, 15, 14, 11, 16, 14, 19, 6, 
	20, 20, 22, 26, 23, 24, 7, 23, 
	20, 26, 24, 23, 20, 25, 23
};

static const char _command_line_trans_actions[] = {
	0, 0, 1, 31, 0, 13, 0, 0, 
	0, 1, 31, 0, 13, 0, 0, 11, 
	35, 25, 22, 9, 1, 0, 5, 19, 
	7, 0, 3, 16, 9, 0, 0, 0, 
	11, 35, 25, 22, 9, 1, 0, 5, 
	19, 7, 0, 3, 16, 9, 0
};

static const char _command_line_eof_actions[] = {
	0, 0, 0, 0, 0, 0, 0, 0, 
	0, 0, 0, 0, 28, 5, 5, 3, 
	0, 0, 0, 0, 0, 28, 5, 5, 
	3, 0, 0
};

[[maybe_unused]] static const int command_line_start = 9;

[[maybe_unused]] static const int command_line_en_first = 4;
[[maybe_unused]] static const int command_line_en_next = 9;




}  // namespace

LexedCommand lex_command(std::string_view line, bool first) noexcept {
    LexedCommand lexed;
    const auto* const text = reinterpret_cast<const unsigned char*>(line.data());
    const unsigned char* p = text;
    const unsigned char* const pe = p + line.size();
    const unsigned char* const eof = pe;
    int cs = first ? command_line_en_first : command_line_en_next;
    
	{
	int _klen;
	unsigned int _trans;
	const char *_acts;
	unsigned int _nacts;
	const unsigned char *_keys;

	if ( p == pe )
		goto _test_eof;
	if ( cs == 0 )
		goto _out;
_resume:
	_keys = _command_line_trans_keys + _command_line_key_offsets[cs];
	_trans = _command_line_index_offsets[cs];

	_klen = _command_line_single_lengths[cs];
	if ( _klen > 0 ) {
		const unsigned char *_lower = _keys;
		const unsigned char *_mid;
		const unsigned char *_upper = _keys + _klen - 1;
		while (1) {
			if ( _upper < _lower )
				break;

			_mid = _lower + ((_upper-_lower) >> 1);
			if ( (*p) < *_mid )
				_upper = _mid - 1;
			else if ( (*p) > *_mid )
				_lower = _mid + 1;
			else {
				_trans += (unsigned int)(_mid - _keys);
				goto _match;
			}
		}
		_keys += _klen;
		_trans += _klen;
	}

	_klen = _command_line_range_lengths[cs];
	if ( _klen > 0 ) {
		const unsigned char *_lower = _keys;
		const unsigned char *_mid;
		const unsigned char *_upper = _keys + (_klen<<1) - 2;
		while (1) {
			if ( _upper < _lower )
				break;

			_mid = _lower + (((_upper-_lower) >> 1) & ~1);
			if ( (*p) < _mid[0] )
				_upper = _mid - 2;
			else if ( (*p) > _mid[1] )
				_lower = _mid + 2;
			else {
				_trans += (unsigned int)((_mid - _keys)>>1);
				goto _match;
			}
		}
		_trans += _klen;
	}

_match:
	_trans = _command_line_indicies[_trans];
	cs = _command_line_trans_targs[_trans];

	if ( _command_line_trans_actions[_trans] == 0 )
		goto _again;

	_acts = _command_line_actions + _command_line_trans_actions[_trans];
	_nacts = (unsigned int) *_acts++;
	while ( _nacts-- > 0 )
	{
		switch ( *_acts++ )
		{
	case 0:
	{ lexed.mark(p - text); }
	break;
	case 1:
	{ lexed.done(p - text); }
	break;
	case 2:
	{ lexed.quoted(); }
	break;
	case 3:
	{ lexed.mark(p - text); lexed.done(p - text); }
	break;
	case 4:
	{ lexed.name_end = static_cast<std::uint16_t>(p - text); }
	break;
	case 5:
	{ lexed.form = CommandForm::test; }
	break;
	case 6:
	{ lexed.form = CommandForm::read; }
	break;
	case 7:
	{ lexed.form = CommandForm::write; }
	break;
	case 8:
	{ lexed.form = CommandForm::execute; }
	break;
	case 9:
	{ lexed.odd = true; }
	break;
	case 10:
	{ lexed.joined = true; {p++; goto _out; } }
	break;
		}
	}

_again:
	if ( cs == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	if ( p == eof )
	{
	const char *__acts = _command_line_actions + _command_line_eof_actions[cs];
	unsigned int __nacts = (unsigned int) *__acts++;
	while ( __nacts-- > 0 ) {
		switch ( *__acts++ ) {
	case 1:
	{ lexed.done(p - text); }
	break;
	case 3:
	{ lexed.mark(p - text); lexed.done(p - text); }
	break;
	case 4:
	{ lexed.name_end = static_cast<std::uint16_t>(p - text); }
	break;
	case 8:
	{ lexed.form = CommandForm::execute; }
	break;
		}
	}
	}

	_out: {}
	}

    lexed.length = static_cast<std::uint16_t>(p - text);
    lexed.whole = lexed.joined || (p == pe && cs >= 9);
    return lexed;
}

}  // namespace atwire::detail
