#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "geo_core/result.hpp"
#include "importers/gtfs/gtfs_files.hpp"
#include "importers/readers/csv_reader.hpp"
#include "importers/row_problem.hpp"

namespace riskbild::importers {

/// One table of a feed, row by row, its columns by name.
///
///     auto stops = GtfsTable::open(files, "stops.txt", {"stop_id", "stop_name"});
///     while (*stops->next()) use(stops->field("stop_name"));
class GtfsTable {
public:
    /// \return ErrorCode::not_found for a table that the feed lacks, ErrorCode::unreadable naming the needed
    /// columns that it lacks and those that it has
    static Result<GtfsTable> open(GtfsFiles& files, std::string const& table,
                                  std::vector<std::string> const& needed);

    GtfsTable(GtfsTable&&) noexcept;
    GtfsTable& operator=(GtfsTable&&) noexcept;
    ~GtfsTable();

    Result<bool> next();
    /// Trimmed; empty where the table has no such column or the row no such field. Valid until `next()`.
    [[nodiscard]] std::string_view field(std::string_view column) const;
    [[nodiscard]] bool has(std::string_view column) const;
    [[nodiscard]] std::uint64_t row() const;
    /// What keeps the row from being read at all.
    [[nodiscard]] std::optional<RowProblem> problem() const;
    /// The row as received, as JSON.
    [[nodiscard]] std::string payload() const;
    /// How far reading has come, and how far there is, in bytes.
    [[nodiscard]] std::uint64_t position() const;
    [[nodiscard]] std::uint64_t size() const;

private:
    struct State;
    explicit GtfsTable(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Every row of a table, also one with a `problem()`.
/// \param take `void(GtfsTable const&)`, or `Result<void>(GtfsTable const&)` whose error ends it
template <class Take>
Result<void> for_each_row(GtfsFiles& files, std::string const& name, std::vector<std::string> const& needed,
                          Take&& take)
{
    auto table = GtfsTable::open(files, name, needed);
    if (!table)
        return Failure{table.error()};
    while (true) {
        auto const more = table->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            return {};
        if constexpr (std::is_void_v<std::invoke_result_t<Take&, GtfsTable const&>>)
            take(*table);
        else if (auto const taken = take(*table); !taken)
            return taken;
    }
}

}  // namespace riskbild::importers
