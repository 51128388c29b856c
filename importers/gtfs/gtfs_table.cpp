#include "importers/gtfs/gtfs_table.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {

struct GtfsTable::State {
    explicit State(ByteSource opened) : source(std::move(opened)) {}
    ByteSource source;
    std::optional<CsvReader> reader;
    std::vector<std::string> columns;  // trimmed: feeds put blanks into their headings
};

GtfsTable::GtfsTable(std::unique_ptr<State> state) : state_(std::move(state)) {}
GtfsTable::GtfsTable(GtfsTable&&) noexcept = default;
GtfsTable& GtfsTable::operator=(GtfsTable&&) noexcept = default;
GtfsTable::~GtfsTable() = default;

Result<GtfsTable> GtfsTable::open(GtfsFiles& files, std::string const& table,
                                  std::vector<std::string> const& needed)
{
    auto source = files.open(table);
    if (!source)
        return Failure{source.error()};
    auto state = std::make_unique<State>(std::move(*source));
    auto reader = CsvReader::open(state->source, {.separator = ','});
    if (!reader)
        return Failure{reader.error()};
    state->reader = std::move(*reader);
    for (auto const& column : state->reader->columns())
        state->columns.emplace_back(trimmed(column));
    std::vector<std::string> missing;
    std::ranges::copy_if(needed, std::back_inserter(missing), [&](std::string const& column) {
        return std::ranges::find(state->columns, column) == state->columns.end();
    });
    if (!missing.empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{} of {} lacks the column{} {}; it has {}: is it a GTFS feed", table,
                                files.name(), missing.size() == 1 ? "" : "s", fmt::join(missing, ", "),
                                shortened(fmt::format("{}", fmt::join(state->columns, ", ")))),
                    "files");
    return GtfsTable{std::move(state)};
}

Result<bool> GtfsTable::next()
{
    return state_->reader->next();
}

bool GtfsTable::has(std::string_view column) const
{
    return std::ranges::find(state_->columns, column) != state_->columns.end();
}

std::string_view GtfsTable::field(std::string_view column) const
{
    auto const found = std::ranges::find(state_->columns, column);
    auto const index = static_cast<std::size_t>(found - state_->columns.begin());
    auto const fields = state_->reader->fields();
    return index < fields.size() && found != state_->columns.end() ? trimmed(fields[index])
                                                                   : std::string_view{};
}

std::uint64_t GtfsTable::row() const
{
    return state_->reader->row();
}

std::optional<RowProblem> GtfsTable::problem() const
{
    auto const& reader = *state_->reader;
    switch (reader.problem()) {
        case CsvReader::Problem::none:
            return std::nullopt;
        case CsvReader::Problem::bad_quotes:
            return RowProblem{"", "bad_quotes",
                              fmt::format("line {}: text behind a closing quote", reader.line()), payload()};
        case CsvReader::Problem::not_text:
            return RowProblem{"", "not_text", fmt::format("line {}: holds a NUL byte", reader.line()),
                              payload()};
        default:
            return RowProblem{"", "wrong_columns",
                              fmt::format("line {}: has {} fields, expected {}", reader.line(),
                                          reader.fields().size(), reader.columns().size()),
                              payload()};
    }
}

std::string GtfsTable::payload() const
{
    JsonTexts texts;
    auto const fields = state_->reader->fields();
    for (std::size_t i = 0; i < fields.size(); ++i)
        texts.add(column_name(state_->columns, i), fields[i]);
    return texts.json();
}

std::uint64_t GtfsTable::position() const
{
    return state_->source.stored_position();
}

std::uint64_t GtfsTable::size() const
{
    return state_->source.stored_size();
}

}  // namespace riskbild::importers
