#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskbild::importers {

/// A name in the one form in which its spellings agree: `Kungsg.` and `KUNGSGATAN`, `S:t Persgatan` and
/// `Sankt Persgatan`, `Karl-Johansgatan` and `Karl Johansgatan`. Applied twice it is as applied once.
///
/// Lower case; å, ä, ö stay what they are, é is e. Hyphens and runs of white space are one blank. Known
/// abbreviations are written out; all else that ends with a full stop just loses it.
[[nodiscard]] std::string normal_street(std::string_view written);

/// `St.` may also stand for Stora: the other form of such a name.
[[nodiscard]] std::optional<std::string> other_reading(std::string_view normal);

/// `12 B` as `12b`, `12–14` as `12-14`; slips of the pen (`20'`) fall away.
[[nodiscard]] std::string normal_house_number(std::string_view written);

/// An address as people write it, taken apart: `Kungsgatan 12 B lgh 1101, 753 21 Uppsala`.
struct WrittenAddress {
    std::string street;        ///< as written: `Kungsgatan`
    std::string house_number;  ///< in its normal form: `12b`; empty where there is none
    std::string postcode;      ///< `75321`, or empty
    std::string locality;      ///< `Uppsala`, or empty
    bool operator==(WrittenAddress const&) const = default;
};
[[nodiscard]] WrittenAddress parse_address(std::string_view written);

/// What a text names that looks like a Swedish street, with its house number where one follows: `S:t
/// Persgatan 12`. In order, each once. Words alone decide; whether there is such a street is not asked.
[[nodiscard]] std::vector<std::string> street_mentions(std::string_view text);

}  // namespace riskbild::importers
