#include "importers/points/points_importer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/crs.hpp"
#include "geo_core/text.hpp"
#include "importers/import_tally.hpp"
#include "importers/observed.hpp"
#include "importers/points/border_margin.hpp"
#include "importers/points/row_interpreter.hpp"
#include "importers/readers/csv_reader.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kRowsBetweenProgress = 8192;
constexpr std::size_t kBatch = 8192;                        // rows projected at once …
constexpr std::size_t kBatchBytes = std::size_t{16} << 20;  // … or fewer, where they are long

using ReadRow = tl::expected<InterpretedRow, RowProblem>;

struct PendingRow {
    ReadRow row;
    std::uint64_t number = 0;
};

struct OpenedFile {
    ColumnProfile profile;
    bool profile_was_found = false;
    CsvReader reader;
};

// Also a heading may stand in brackets; of an array or object, more is seen behind the bracket.
bool begins_as_json(std::string_view text)
{
    auto const opening = text.substr(0, 1);
    if (opening != "[" && opening != "{")
        return false;
    auto const behind = trimmed(text.substr(1)).substr(0, 1);
    return behind.empty() || std::string_view{opening == "[" ? "{[\"]0123456789" : "\"}"}.find(behind) !=
                                 std::string_view::npos;
}

// What a reader of CSV says of JSON helps nobody.
Result<void> check_is_no_json(ByteSource& source)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    std::array<char, 64> bytes{};
    auto const size = source.read(bytes);
    if (!size)
        return Failure{size.error()};
    std::string_view beginning{bytes.data(), *size};
    if (beginning.starts_with(kByteOrderMark))
        beginning.remove_prefix(kByteOrderMark.size());
    if (begins_as_json(trimmed(beginning)))
        return fail(
            ErrorCode::unreadable,
            fmt::format("{}: looks like JSON, and points are read from CSV: if it is the police's event "
                        "feed, use riskbild import police, else save it as CSV first",
                        source.name()),
            "files");
    return source.rewind();
}

// A second reader where the profile is only known from the header: it may say how the file is written.
Result<OpenedFile> open_with_profile(ByteSource& source, PointsOptions const& options)
{
    if (auto const good = check_is_no_json(source); !good)
        return Failure{good.error()};
    if (options.columns) {
        auto reader = CsvReader::open(source, options.columns->csv);
        if (!reader)
            return Failure{reader.error()};
        return OpenedFile{*options.columns, false, std::move(*reader)};
    }
    auto header = CsvReader::open(source, {});
    if (!header)
        return Failure{header.error()};
    auto profile = column_profile_for(header->columns(), source.name());
    if (!profile)
        return Failure{profile.error()};
    if (auto again = source.rewind(); !again)
        return Failure{again.error()};
    auto reader = CsvReader::open(source, profile->csv);
    if (!reader)
        return Failure{reader.error()};
    return OpenedFile{std::move(*profile), true, std::move(*reader)};
}

// The newest occurrence that can be true: a single row of 2099 must not date the whole file.
Result<Instant> newest_occurrence(ByteSource& source, CsvOptions const& csv, RowInterpreter const& rows,
                                  Instant now)
{
    if (auto again = source.rewind(); !again)
        return Failure{again.error()};
    auto reader = CsvReader::open(source, csv);
    if (!reader)
        return Failure{reader.error()};
    std::optional<Instant> newest;
    while (true) {
        auto const more = reader->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (reader->problem() != CsvReader::Problem::none)
            continue;
        auto const when = rows.occurred(reader->fields());
        if (when && !implausible_time(*when, now, now) && (!newest || when->from > *newest))
            newest = when->from;
    }
    if (auto again = source.rewind(); !again)
        return Failure{again.error()};
    return newest.value_or(now);
}

// A record that the reader could not take apart, with the fields it found.
RowProblem unreadable(CsvReader const& reader)
{
    std::string payload;
    for (auto const field : reader.fields()) {
        payload += payload.empty() ? '[' : ',';
        append_json_string(field, payload);
    }
    payload += ']';
    switch (reader.problem()) {
        case CsvReader::Problem::bad_quotes:
            return {"", "bad_quotes", fmt::format("line {}: text behind a closing quote", reader.line()),
                    std::move(payload)};
        case CsvReader::Problem::not_text:
            return {"", "not_text", fmt::format("line {}: holds a NUL byte", reader.line()),
                    std::move(payload)};
        default:
            return {"", "wrong_columns",
                    fmt::format("line {}: has {} fields, expected {}", reader.line(), reader.fields().size(),
                                reader.columns().size()),
                    std::move(payload)};
    }
}

// Rows whose area by name is not the one that their point lies in; the first of them as an example.
struct Contradictions {
    std::uint64_t rows = 0;
    std::uint64_t first_row = 0;
    AreaId named = kNoArea;
    AreaId found = kNoArea;
};

class FileImport {
public:
    FileImport(County const& county, ColumnProfile const& profile, ImportTally& tally)
        : county_(county), profile_(profile), tally_(tally), margin_(county)
    {
    }

    // Rows wait, those with a problem too, so that what becomes of them is told in the file's order.
    Result<void> add(ReadRow row, std::uint64_t number)
    {
        pending_bytes_ += row ? row->report.payload.size() : row.error().payload.size();
        pending_.push_back({std::move(row), number});
        return pending_.size() < kBatch && pending_bytes_ < kBatchBytes ? Result<void>{} : flush();
    }

    // Places and takes the rows collected.
    Result<void> flush()
    {
        if (auto projected = project(); !projected)
            return projected;
        std::size_t position = 0;
        for (auto& [row, number] : pending_) {
            auto const is_placed = row && row->written;
            auto taken = is_placed ? place_and_take(*row, number, degrees_[position], metres_[position])
                         : row     ? take(*row, number)
                                   : tally_.set_aside(number, std::move(row.error()));
            if (!taken)
                return taken;
            position += is_placed ? 1 : 0;
        }
        pending_.clear();
        pending_bytes_ = 0;
        return {};
    }

    [[nodiscard]] Contradictions const& contradictions() const { return contradictions_; }

    // Whether most positions only make sense when their two columns change places: then the profile is wrong.
    [[nodiscard]] bool is_mostly_swapped() const { return swapped_ > 1 && 2 * swapped_ > positions_; }

private:
    [[nodiscard]] std::string id_column() const
    {
        return profile_.id.empty() ? std::string{} : profile_.id.front();
    }

    Result<void> project()
    {
        written_.clear();
        for (auto const& [row, number] : pending_)
            if (row && row->written)
                written_.push_back(*row->written);
        degrees_.resize(written_.size());
        metres_.resize(written_.size());
        if (profile_.epsg == 0)
            std::transform(written_.begin(), written_.end(), degrees_.begin(),
                           [](MapPoint p) { return LngLat{.lng = p.east, .lat = p.north}; });
        else if (auto converted = to_degrees(profile_.epsg, written_, degrees_); !converted)
            return converted;
        // Far outside, projections diverge; what the box turns away need not be projected.
        inside_ = degrees_;
        for (auto& degrees : inside_)
            if (!county_.profile.accepted_box.contains(degrees))
                degrees = {.lng = county_.profile.accepted_box.west,
                           .lat = county_.profile.accepted_box.south};
        county_.profile.crs.metres(inside_, metres_);
        return {};
    }

    Result<void> place_and_take(InterpretedRow& row, std::uint64_t number, LngLat degrees, MapPoint metres)
    {
        ++positions_;
        if (!county_.profile.accepted_box.contains(degrees) || !std::isfinite(metres.east) ||
            !std::isfinite(metres.north))
            return tally_.set_aside(number, outside_box(row, degrees));
        auto const named = area_of(row.report.place);
        auto const found = county_.areas.at(metres);
        auto const is_dot = is_point(*row.precision);
        if (is_dot && named != kNoArea && named != found && !margin_.may_lie_in(metres, named))
            count_contradiction(number, named, found);
        if (found == kNoArea && (is_dot || named == kNoArea) && !margin_.may_lie_in_any(metres)) {
            tally_.outside();
            return {};
        }
        if (is_dot)
            row.report.place = PointPlace{.point = metres, .precision = *row.precision, .area = found};
        // The source says itself that it knows only the area: its position is a midpoint and tells no more.
        else if (named == kNoArea && row.precision != Precision::lan && found != kNoArea)
            row.report.place = AreaPlace{.precision = *row.precision, .area = found};
        return take(row, number);
    }

    Result<void> take(InterpretedRow& row, std::uint64_t number)
    {
        auto& report = row.report;
        if (!profile_.observed.empty() && !seen_.agree(report.key.source_id, report.payload))
            return tally_.set_aside(
                number, duplicate_id(report.key.source_id, id_column(), std::move(report.payload)));
        return tally_.take(report, number, id_column());
    }

    void count_contradiction(std::uint64_t number, AreaId named, AreaId found)
    {
        if (contradictions_.rows++ == 0)
            contradictions_ = {.rows = 1, .first_row = number, .named = named, .found = found};
    }

    RowProblem outside_box(InterpretedRow& row, LngLat degrees)
    {
        auto const& box = county_.profile.accepted_box;
        auto const column = profile_.epsg == 0 ? profile_.lng : profile_.x;
        if (profile_.epsg == 0 && box.contains({.lng = degrees.lat, .lat = degrees.lng})) {
            ++swapped_;
            return {column, "swapped_position",
                    fmt::format("longitude {}, latitude {} lies outside the county, but inside when the "
                                "two change places, as they seem to have done in this row",
                                degrees.lng, degrees.lat),
                    std::move(row.report.payload)};
        }
        auto const written = *row.written;
        return {column, "outside_box",
                fmt::format("the position {}, {} lies outside the county's box of longitude {} to {}, "
                            "latitude {} to {}",
                            written.east, written.north, box.west, box.east, box.south, box.north),
                std::move(row.report.payload)};
    }

    County const& county_;
    ColumnProfile const& profile_;
    ImportTally& tally_;
    BorderMargin margin_;
    SeenIds seen_;
    Contradictions contradictions_;
    std::uint64_t positions_ = 0;
    std::uint64_t swapped_ = 0;  // of the positions
    std::vector<PendingRow> pending_;
    std::size_t pending_bytes_ = 0;
    std::vector<MapPoint> written_, metres_;  // of the pending rows that have a position
    std::vector<LngLat> degrees_, inside_;
};

std::string separator_name(char separator)
{
    switch (separator) {
        case ';':
            return "semicolons";
        case '\t':
            return "tabs";
        case '|':
            return "vertical bars";
        default:
            return "commas";
    }
}

std::string contradiction_text(std::string const& file, Contradictions const& against, AreaSet const& areas)
{
    return fmt::format(
        "{}: the position lies elsewhere than in the area named, and is believed: {} (row {} names {}, its "
        "position lies {})",
        file, rows_text(against.rows), against.first_row, areas[against.named].name,
        against.found == kNoArea ? "outside the county" : fmt::format("in {}", areas[against.found].name));
}

}  // namespace

Result<ImportReport> import_points(Store& store, ByteSource& source, PointsOptions const& options)
{
    auto const& file = source.name();
    auto opened = open_with_profile(source, options);
    if (!opened)
        return Failure{opened.error()};
    auto const& profile = opened->profile;
    auto const county = store.county();
    auto rows = RowInterpreter::make(profile, opened->reader.columns(), *county, file);
    if (!rows)
        return Failure{rows.error()};

    auto observed = options.observed;
    if (!observed)
        observed = file_stamp(file);
    if (!observed) {
        auto const newest = newest_occurrence(source, profile.csv, *rows, options.now);
        if (!newest)
            return Failure{newest.error()};
        observed = *newest;
        auto again = CsvReader::open(source, profile.csv);
        if (!again)
            return Failure{again.error()};
        opened->reader = std::move(*again);
    }

    auto session = store.begin_import(profile.source, file);
    if (!session)
        return Failure{session.error()};
    ImportTally tally{**session, profile.source.name, file};
    FileImport import{*county, profile, tally};
    auto& reader = opened->reader;
    while (true) {
        auto const more = reader.next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (options.progress && reader.row() % kRowsBetweenProgress == 0)
            options.progress(reader.row());
        auto row = reader.problem() == CsvReader::Problem::none
                       ? rows->read(reader.fields(), options.observed, *observed, options.now)
                       : ReadRow{tl::unexpect, unreadable(reader)};
        if (auto added = import.add(std::move(row), reader.row()); !added)
            return Failure{added.error()};
    }
    if (auto flushed = import.flush(); !flushed)
        return Failure{flushed.error()};

    tally.note(fmt::format("{}: column profile {}{}, fields separated by {}{}", file, profile.name,
                           opened->profile_was_found ? " (found by its columns)" : "",
                           separator_name(reader.separator()), source.is_gzip() ? ", gzip" : ""));
    if (reader.converted() > 0)
        tally.note(
            fmt::format("{}: not UTF-8 and read as Windows-1252: {}", file, rows_text(reader.converted())));
    for (auto const& [value, count] : rows->unknown_kinds())
        tally.note(fmt::format("{}: the kind \"{}\" is not in column profile {} ({}): kind unknown", file,
                               value, profile.name, rows_text(count)));
    if (auto const& left_out = rows->columns_left_out(); !left_out.empty())
        tally.note(fmt::format("{}: lacks {}, which the column profile {} names: read as empty", file,
                               lacking_text(left_out, profile, reader.columns()), profile.name));
    if (import.is_mostly_swapped())
        tally.note(
            fmt::format("{}: most positions lie in the county only when their two numbers change places: "
                        "lng and lat seem to be swapped in the column profile {}",
                        file, profile.name));
    if (auto const& against = import.contradictions(); against.rows > 0)
        tally.note(contradiction_text(file, against, county->areas));
    return tally.finish();
}

}  // namespace riskbild::importers
