#include "importers/points/points_importer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/crs.hpp"
#include "geo_core/text.hpp"
#include "importers/geocode/locate.hpp"
#include "importers/import_tally.hpp"
#include "importers/observed.hpp"
#include "importers/points/border_margin.hpp"
#include "importers/points/row_interpreter.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/ogr_table.hpp"
#include "importers/readers/open_table.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kRowsBetweenProgress = 8192;
constexpr std::size_t kBatch = 8192;                        // rows projected at once …
constexpr std::size_t kBatchBytes = std::size_t{16} << 20;  // … or fewer, where they are long

using ReadRow = tl::expected<InterpretedRow, RowProblem>;

constexpr int kDegrees = 4326;

struct PendingRow {
    ReadRow row;
    std::uint64_t number = 0;
};

struct OpenedTable {
    ColumnProfile profile;
    bool profile_was_found = false;
    std::unique_ptr<RecordTable> table;
};

bool says_nothing(CsvOptions const& csv)
{
    return csv.separator == '\0' && csv.encoding == Encoding::automatic && csv.columns.empty();
}

// Opened again where the profile that the heading tells says how the file is written.
Result<OpenedTable> open_with_profile(OpenTable const& open, std::string const& file,
                                      PointsOptions const& options)
{
    auto table = open(options.columns ? options.columns->csv : CsvOptions{});
    if (!table)
        return Failure{table.error()};
    OpenedTable opened{.profile = {}, .profile_was_found = !options.columns, .table = std::move(*table)};
    if (options.columns) {
        opened.profile = *options.columns;
    } else {
        auto const& columns = opened.table->columns();
        if (is_police_feed(columns))
            return fail(ErrorCode::wrong_use,
                        fmt::format("{}: is the police's event feed; use riskbild import police", file),
                        "source");
        auto profile = column_profile_for(columns, file);
        if (!profile)
            return Failure{profile.error()};
        opened.profile = std::move(*profile);
        if (!says_nothing(opened.profile.csv)) {
            opened.table.reset();
            auto again = open(opened.profile.csv);
            if (!again)
                return Failure{again.error()};
            opened.table = std::move(*again);
        }
    }
    opened.profile.swap = opened.profile.swap || options.swap_positions;
    return opened;
}

// The newest occurrence that can be true: a single row of 2099 must not date the whole file.
Result<Instant> newest_occurrence(RecordTable& table, ColumnProfile const& profile, TimeZone const& zone,
                                  RowInterpreter const& rows, Instant now)
{
    if (profile.fixed)
        return std::min(zone.instant(profile.fixed->to), now);
    std::optional<Instant> newest;
    while (true) {
        auto const more = table.next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (!table.is_good())
            continue;
        auto const when = rows.occurred(table.fields());
        if (when && !implausible_time(*when, now, now) && (!newest || when->from > *newest))
            newest = when->from;
    }
    if (auto again = table.rewind(); !again)
        return Failure{again.error()};
    return newest.value_or(now);
}

// A record that the reader could not take apart, with the fields it found.
RowProblem unreadable(RecordTable const& table, RecordFault fault)
{
    std::string payload;
    for (auto const field : table.fields()) {
        payload += payload.empty() ? '[' : ',';
        append_json_string(field, payload);
    }
    payload += ']';
    return {"", std::move(fault.reason), std::move(fault.message), std::move(payload)};
}

// The coordinate system of the positions as written; 0 = degrees.
Result<int> epsg_of(ColumnProfile const& profile, RecordTable const& table, std::string const& file)
{
    if (!profile.geometry)
        return profile.epsg;
    auto const epsg = table.point_epsg() != 0 ? table.point_epsg() : profile.epsg;
    if (epsg == 0)
        return fail(
            ErrorCode::unreadable,
            fmt::format(
                "{}: does not say its coordinate system (is the .prj file missing beside it?); give its "
                "number as epsg under [position] of the column profile {}",
                file, profile.name),
            "profile-columns");
    return epsg == kDegrees ? 0 : epsg;
}

// Looks places up by their words; the store's named places are read when the first row asks.
class PlaceFinder {
public:
    explicit PlaceFinder(Store& store) : store_(store) {}

    // A row without a position. What the source says itself of the precision is not bettered.
    Result<void> find(InterpretedRow& row)
    {
        if (row.words.empty() || (row.precision && !is_point(*row.precision)))
            return {};
        if (!gazetteer_) {
            auto made = Gazetteer::of(store_);
            if (!made)
                return Failure{made.error()};
            gazetteer_.emplace(std::move(*made));
        }
        auto const& words = row.words;
        auto found = locate(*gazetteer_, {.address = words.address,
                                          .stop = words.stop,
                                          .street = words.street,
                                          .locality = words.locality,
                                          .kommun = words.area});
        ++looked_up_;
        points_ += point_of(found.place) ? 1 : 0;
        if (area_of(found.place) != kNoArea)
            row.needs_words = false;
        if (precision_of(found.place) < precision_of(row.report.place))
            row.report.place = found.place;
        row.report.place_rule = std::move(found.how);
        return {};
    }

    [[nodiscard]] std::uint64_t looked_up() const { return looked_up_; }
    [[nodiscard]] std::uint64_t points() const { return points_; }

private:
    Store& store_;
    std::optional<Gazetteer> gazetteer_;
    std::uint64_t looked_up_ = 0;
    std::uint64_t points_ = 0;  // of them
};

// Rows whose area by name is not the one that their point lies in; the first of them as an example.
struct Contradictions {
    std::uint64_t rows = 0;
    std::uint64_t first_row = 0;
    AreaId named = kNoArea;
    AreaId found = kNoArea;
};

class FileImport {
public:
    // \param epsg of the positions as written; 0 = degrees
    FileImport(County const& county, ColumnProfile const& profile, int epsg, PlaceFinder& places,
               ImportTally& tally)
        : county_(county), profile_(profile), epsg_(epsg), places_(places), tally_(tally), margin_(county)
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
            auto taken = is_placed ? place_and_take(*row, number, position)
                         : row     ? find_and_take(*row, number)
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
        if (epsg_ == 0)
            std::transform(written_.begin(), written_.end(), degrees_.begin(),
                           [](MapPoint p) { return LngLat{.lng = p.east, .lat = p.north}; });
        else if (auto converted = to_degrees(epsg_, written_, degrees_); !converted)
            return converted;
        // Far outside, projections diverge; what the box turns away need not be projected.
        inside_ = degrees_;
        for (auto& degrees : inside_)
            if (!county_.profile.accepted_box.contains(degrees))
                degrees = {.lng = county_.profile.accepted_box.west,
                           .lat = county_.profile.accepted_box.south};
        county_.profile.crs.metres(inside_, metres_);
        return find_swapped();
    }

    // Which of the positions outside the box would lie in it if their numbers changed places.
    Result<void> find_swapped()
    {
        auto const& box = county_.profile.accepted_box;
        std::vector<MapPoint> turned;
        std::vector<std::size_t> of;
        is_swapped_.assign(written_.size(), false);
        for (std::size_t i = 0; i < written_.size(); ++i)
            if (!box.contains(degrees_[i])) {
                turned.push_back({.east = written_[i].north, .north = written_[i].east});
                of.push_back(i);
            }
        std::vector<LngLat> places(turned.size());
        if (epsg_ == 0)
            std::transform(turned.begin(), turned.end(), places.begin(),
                           [](MapPoint p) { return LngLat{.lng = p.east, .lat = p.north}; });
        else if (auto converted = to_degrees(epsg_, turned, places); !converted)
            return converted;
        for (std::size_t i = 0; i < of.size(); ++i)
            is_swapped_[of[i]] = box.contains(places[i]);
        return {};
    }

    Result<void> place_and_take(InterpretedRow& row, std::uint64_t number, std::size_t position)
    {
        auto const degrees = degrees_[position];
        auto const metres = metres_[position];
        ++positions_;
        if (!county_.profile.accepted_box.contains(degrees) || !std::isfinite(metres.east) ||
            !std::isfinite(metres.north))
            return tally_.set_aside(number, outside_box(row, is_swapped_[position]));
        auto const named = area_of(row.report.place);
        auto const found = county_.areas.at(metres);
        auto const is_dot = is_point(*row.precision);
        if (is_dot && named != kNoArea && named != found && !margin_.may_lie_in(metres, named))
            count_contradiction(number, named, found);
        if (found == kNoArea && (is_dot || named == kNoArea) && !margin_.may_lie_in_any(metres)) {
            return tally_.outside();
        }
        if (is_dot)
            row.report.place = PointPlace{.point = metres, .precision = *row.precision, .area = found};
        // The source says itself that it knows only the area: its position is a midpoint and tells no more.
        else if (named == kNoArea && row.precision != Precision::lan && found != kNoArea)
            row.report.place = AreaPlace{.precision = *row.precision, .area = found};
        return take(row, number);
    }

    Result<void> find_and_take(InterpretedRow& row, std::uint64_t number)
    {
        if (auto found = places_.find(row); !found)
            return found;
        if (row.needs_words)
            return tally_.set_aside(
                number, {profile_.first_of_position(), "no_position",
                         fmt::format("has neither a position nor an area, and the words do not tell ({})",
                                     row.report.place_rule),
                         std::move(row.report.payload)});
        return take(row, number);
    }

    Result<void> take(InterpretedRow& row, std::uint64_t number)
    {
        auto& report = row.report;
        if (!profile_.observed.empty() && !seen_.agree(report.key.source_id, report.payload))
            return tally_.set_aside(
                number, duplicate_id(report.key.source_id, id_column(), std::move(report.payload)));
        return tally_.take(std::move(report), number, id_column());
    }

    void count_contradiction(std::uint64_t number, AreaId named, AreaId found)
    {
        if (contradictions_.rows++ == 0)
            contradictions_ = {.rows = 1, .first_row = number, .named = named, .found = found};
    }

    RowProblem outside_box(InterpretedRow& row, bool is_swapped)
    {
        auto const& box = county_.profile.accepted_box;
        auto const& column = profile_.first_of_position();
        auto const written = *row.written;
        if (is_swapped) {
            ++swapped_;
            return {
                column, "swapped_position",
                fmt::format(
                    "{} {}, {} {} lies outside the county, but inside when the two change places, as they "
                    "seem to have done in this row; {}",
                    epsg_ == 0 ? "longitude" : "east", written.east, epsg_ == 0 ? "latitude" : "north",
                    written.north,
                    profile_.swap ? "without swap it is read so"
                                  : "--swap-positions, or swap = true in the profile, reads all rows so"),
                std::move(row.report.payload)};
        }
        return {column, "outside_box",
                fmt::format("the position {}, {} lies outside the county's box of longitude {} to {}, "
                            "latitude {} to {}",
                            written.east, written.north, box.west, box.east, box.south, box.north),
                std::move(row.report.payload)};
    }

    County const& county_;
    ColumnProfile const& profile_;
    int epsg_;
    PlaceFinder& places_;
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
    std::vector<bool> is_swapped_;  // outside, but inside when the two numbers change places
};

std::string contradiction_text(std::string const& file, Contradictions const& against, AreaSet const& areas)
{
    return fmt::format(
        "{}: the position lies elsewhere than in the area named, and is believed: {} (row {} names {}, its "
        "position lies {})",
        file, rows_text(against.rows), against.first_row, areas[against.named].name,
        against.found == kNoArea ? "outside the county" : fmt::format("in {}", areas[against.found].name));
}

// What the reader and the interpreter noticed, when all rows have been read.
void note_what_was_noticed(ImportTally& tally, std::string const& file, OpenedTable const& opened,
                           RowInterpreter const& rows, std::string_view packed)
{
    auto const& [profile, was_found, table] = opened;
    tally.note(fmt::format("{}: column profile {}{}, {}{}", file, profile.name,
                           was_found ? " (found by its columns)" : "", table->form(), packed));
    for (auto const& note : table->notes())
        tally.note(fmt::format("{}: {}", file, note));
    for (auto const& [value, count] : rows.unknown_kinds())
        tally.note(fmt::format("{}: the kind \"{}\" is not in column profile {} ({}): kind unknown", file,
                               value, profile.name, rows_text(count)));
    if (auto const& left_out = rows.columns_left_out(); !left_out.empty())
        tally.note(fmt::format("{}: lacks {}, which the column profile {} names: read as empty", file,
                               lacking_text(left_out, profile, table->columns()), profile.name));
}

// How to read one of these rows again.
ReadingRecipe recipe_of(OpenedTable const& opened, PointsOptions const& options, Instant observed)
{
    ReadingRecipe recipe;
    recipe.importer = "points";
    recipe.profile = opened.profile.name;
    recipe.profile_toml = opened.profile.toml;
    recipe.swap = opened.profile.swap;
    recipe.columns = opened.table->columns();
    recipe.point_epsg = opened.table->point_epsg();
    recipe.observed = options.observed;
    recipe.observed_else = observed;
    return recipe;
}

}  // namespace

Result<ImportReport> import_points_of_table(Store& store, std::string const& file, OpenTable const& open,
                                            PointsOptions const& options, std::string_view packed)
{
    auto opened = open_with_profile(open, file, options);
    if (!opened)
        return Failure{opened.error()};
    auto const& profile = opened->profile;
    auto& table = *opened->table;
    auto const county = store.county();
    auto rows = RowInterpreter::make(profile, table.columns(), *county, file);
    if (!rows)
        return Failure{rows.error()};
    auto const epsg = epsg_of(profile, table, file);
    if (!epsg)
        return Failure{epsg.error()};

    auto observed = options.observed;
    if (!observed)
        observed = options.observed_else ? options.observed_else : file_stamp(file);
    if (!observed) {
        auto const newest = newest_occurrence(table, profile, county->profile.zone, *rows, options.now);
        if (!newest)
            return Failure{newest.error()};
        observed = *newest;
    }

    auto session =
        options.begin ? options.begin(profile.source, file) : store.begin_import(profile.source, file);
    if (!session)
        return Failure{session.error()};
    if (auto told = (*session)->read_by(recipe_text(recipe_of(*opened, options, *observed))); !told)
        return Failure{told.error()};
    ImportTally tally{**session, profile.source.name, file};
    PlaceFinder places{store};
    FileImport import{*county, profile, *epsg, places, tally};
    while (true) {
        auto const more = table.next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (options.progress && table.row() % kRowsBetweenProgress == 0)
            options.progress(table.row());
        auto row = table.is_good() ? rows->read(table, options.observed, *observed, options.now)
                                   : ReadRow{tl::unexpect, unreadable(table, *table.fault())};
        if (auto added = import.add(std::move(row), table.row()); !added)
            return Failure{added.error()};
    }
    if (auto flushed = import.flush(); !flushed)
        return Failure{flushed.error()};

    note_what_was_noticed(tally, file, *opened, *rows, packed);
    if (places.looked_up() > 0)
        tally.note(
            fmt::format("{}: looked up by their words among the store's named places: {}, of which {} "
                        "found as a point",
                        file, rows_text(places.looked_up()), places.points()));
    if (import.is_mostly_swapped())
        tally.note(fmt::format(
            "{}: most positions lie in the county only when their two numbers change places: "
            "{} and {} seem to be swapped in the column profile {}; swap = true under its [position], or "
            "--swap-positions, reads them so",
            file, profile.first_of_position(), profile.second_of_position(), profile.name));
    if (auto const& against = import.contradictions(); against.rows > 0)
        tally.note(contradiction_text(file, against, county->areas));
    return tally.finish(ImportTally::ToldBefore::refused);
}

Result<ImportReport> import_points(Store& store, ByteSource& source, PointsOptions const& options)
{
    auto const packed =
        source.packing() == Packing::none ? std::string{} : fmt::format(", {}", name_of(source.packing()));
    auto const open = [&](CsvOptions const& csv) -> Result<std::unique_ptr<RecordTable>> {
        if (auto again = source.rewind(); !again)
            return Failure{again.error()};
        return open_table(source, {.csv = csv, .layer = options.layer, .limits = {}});
    };
    return import_points_of_table(store, source.name(), open, options, packed);
}

Result<ImportReport> import_points_of_database(Store& store, std::string const& connection,
                                               PointsOptions const& options)
{
    auto const open = [&](CsvOptions const&) { return open_database_table(connection, options.layer, {}); };
    return import_points_of_table(store, database_name(connection), open, options);
}

}  // namespace riskbild::importers
