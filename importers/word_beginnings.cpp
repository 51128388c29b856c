#include "importers/word_beginnings.hpp"

#include <algorithm>

namespace riskbild::importers {
namespace {

// Letters of Swedish beyond ASCII begin with a byte above 0x7f.
bool in_word(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte > 0x7f || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

}  // namespace

bool has_word_beginning(std::string_view text, std::string_view word)
{
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if (at == 0 || !in_word(text[at - 1]))
            return true;
    return false;
}

std::string const* first_word(std::string_view text, std::vector<std::string> const& words)
{
    auto const found =
        std::ranges::find_if(words, [&](auto const& word) { return has_word_beginning(text, word); });
    return found == words.end() ? nullptr : &*found;
}

bool has_any_word(std::string_view text, std::vector<std::string> const& words)
{
    return first_word(text, words) != nullptr;
}

}  // namespace riskbild::importers
