#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riskbild::importers {

/// Whether a word of the text begins so: `klotter` is in "nytt klotter" and "klottrat", not in "nedklotter".
/// \param text, word in lower case
[[nodiscard]] bool has_word_beginning(std::string_view text, std::string_view word);

/// The first of them that it has; null for none.
[[nodiscard]] std::string const* first_word(std::string_view text, std::vector<std::string> const& words);
/// Whether it has one of them.
[[nodiscard]] bool has_any_word(std::string_view text, std::vector<std::string> const& words);

}  // namespace riskbild::importers
