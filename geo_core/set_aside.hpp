#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo_core/report.hpp"
#include "geo_core/time.hpp"

namespace riskbild {

/// A row that could not be used, kept with the reason, to be listed, corrected and taken in again.
struct SetAside {
    std::string source;
    std::string file;       ///< name without folders
    std::uint64_t row = 0;  ///< 1 = first record
    std::string column;     ///< the column at fault, or empty
    std::string reason;     ///< stable code: `outside_box`, `no_position`, `bad_time`, `duplicate_id` …
    std::string message;    ///< a sentence with the value and the expectation
    std::string payload;    ///< the row as received
};

/// Which rows that were set aside: all of the source, of files of that name; empty stands for every one.
struct SetAsideChoice {
    std::string source{};
    std::string file{};
};

/// Where a row on the desk stands.
enum class SetAsideState : std::uint8_t {
    open,     ///< waits: as received, corrected, or tried once more in vain
    taken,    ///< taken in again: a report says it, or it belongs to another county
    dropped,  ///< somebody said that it is of no use
};

/// What somebody changed of a row, and when.
struct Correction {
    std::vector<std::pair<std::string, std::string>> values;  ///< column, new value
    std::string payload;                                      ///< the row as corrected
    std::string by;
    Instant at;
};

/// What came of taking a row in again, or of dropping it.
struct Settlement {
    enum class What : std::uint8_t { taken, outside, set_aside, dropped };
    What what = What::taken;
    std::string by;
    Instant at;
    std::string reason{};  ///< set aside again: as in SetAside
    std::string column{};
    std::string message{};
    std::optional<ReportKey> report{};  ///< taken: as which
    std::string payload{};              ///< taken: the row as taken; the store does not give it back
    Instant seen{};                     ///< taken: \see Report::observed_at
};

/// A row on the desk.
struct SetAsideEntry {
    std::int64_t id = 0;
    SetAside row;  ///< as received; its reason is the first
    SetAsideState state = SetAsideState::open;
    std::string recipe;  ///< how its file was read, \see importers/reading_recipe.hpp; empty: not known
    std::optional<Correction> correction;
    std::optional<Settlement> settlement;

    /// The reason for which it now waits.
    [[nodiscard]] std::string const& reason() const
    {
        return settlement && settlement->what == Settlement::What::set_aside ? settlement->reason
                                                                             : row.reason;
    }
};

/// Which rows of the desk, and in which order; an empty text stands for every one.
struct SetAsideQuery {
    enum class Order : std::uint8_t { newest, file, reason };
    std::string source{};
    std::string file{};
    std::string reason{};  ///< for which it now waits
    std::string text{};    ///< in the row or its message, whatever the case of A to Z
    SetAsideState state = SetAsideState::open;
    Order order = Order::newest;
    std::size_t offset = 0;
    std::size_t limit = 100;
};

/// How many rows have a value of something, the most first.
using SetAsideCounts = std::vector<std::pair<std::string, std::uint64_t>>;

struct SetAsidePage {
    std::uint64_t n = 0;  ///< rows that match, on all pages
    std::vector<SetAsideEntry> entries;
    SetAsideCounts reasons, sources, files;  ///< of those that match; of files the first 100
};

}  // namespace riskbild
