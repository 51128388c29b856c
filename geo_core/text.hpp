#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace riskbild {

/// Without white space at either end: also line breaks, and the no-break space of texts pasted from
/// elsewhere.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Takes a number of `least` to `most` digits from the front. \pre `most` is 9 or less
[[nodiscard]] std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most);

/// Takes the first character where it is one of `any_of`. \return whether it was
inline bool take(std::string_view& text, std::string_view any_of)
{
    for (char const c : any_of)
        if (text.starts_with(c)) {
            text.remove_prefix(1);
            return true;
        }
    return false;
}

/// The whole text as a number with a decimal point, or nothing. Also NaN and infinity.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The text for a message: its first 60 bytes and `…` where it is longer, never half a character.
[[nodiscard]] std::string shortened(std::string_view text);

/// Whether a source may be called so: a–z, 0–9, - and _.
[[nodiscard]] bool is_source_name(std::string_view name);

}  // namespace riskbild
