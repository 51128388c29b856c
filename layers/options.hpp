#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::layers {

/// Options as the CLI and URLs give them: `radius=500`. Each layer knows its keys; an unknown key or a
/// value out of range is ErrorCode::wrong_use with the key in `field` and what is allowed.
using Options = std::map<std::string, std::string, std::less<>>;

/// `key=value` joined by `;`, as in addresses (`o=`). \return ErrorCode::wrong_use
Result<Options> parse_options(std::string_view text);
[[nodiscard]] std::string to_text(Options const& options);

/// A number as options write it: `1000`, `62.5`.
[[nodiscard]] std::string number_text(double value);

/// One option as help texts, forms and the parser know it: a number in a range, a list of such numbers, some
/// words, or either.
struct OptionDescription {
    std::string key;
    std::string default_value;       ///< as text
    std::vector<std::string> words;  ///< allowed words, first the most usual
    bool number = false;             ///< whether numbers in [low, high] are allowed
    bool whole = false;              ///< only whole numbers
    double low = 0.0;
    double high = 0.0;
    std::string unit;  ///< `m`, `days`, or empty
    std::size_t most_edges =
        0;              ///< above 0: two to so many numbers, each larger than the one before: `0,7,14`
    bool date = false;  ///< a day as `2025-01-31` is allowed
    std::string sv;     ///< one sentence
    std::string en;

    /// `10 to 100000 m, auto, scott, nrd or likelihood`
    [[nodiscard]] std::string allowed() const;
    /// The one text of a value (`1e3` is `1000`). \return ErrorCode::wrong_use naming the key and what is
    /// allowed
    [[nodiscard]] Result<std::string> canonical(std::string_view text) const;
};

/// Checks every option of a layer: known key, allowed word or number in range. Absent ones become defaults,
/// so that two ways of asking for the same give the same text (addresses, caches). \return
/// ErrorCode::wrong_use with the key in `field` and what is allowed.
Result<Options> complete_options(std::string_view layer, std::vector<OptionDescription> const& known,
                                 Options const& given);

/// Completed options as values. \pre every key asked for is there, as complete_options() makes sure
class OptionValues {
public:
    explicit OptionValues(Options const& complete) : complete_(&complete) {}

    [[nodiscard]] std::string const& text(std::string_view key) const;
    [[nodiscard]] bool is(std::string_view key, std::string_view word) const { return text(key) == word; }
    /// Nothing where a word stands instead.
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    [[nodiscard]] std::vector<double> edges(std::string_view key) const;

private:
    Options const* complete_;
};

}  // namespace riskbild::layers
