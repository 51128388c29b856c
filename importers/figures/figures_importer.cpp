#include "importers/figures/figures_importer.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/areas/area_file.hpp"
#include "importers/figures/figure_fields.hpp"
#include "importers/kommun_names.hpp"
#include "importers/place_tally.hpp"
#include "importers/readers/open_table.hpp"
#include "importers/readers/row_payload.hpp"

namespace riskbild::importers {
namespace {

constexpr char const* kSource = "figures";
constexpr int kFirstYear = 1900, kLastYear = 2200;

std::optional<int> year_of(std::string_view text)
{
    text = trimmed(text);
    auto const year = take_number(text, 4, 4);
    return year && text.empty() && *year >= kFirstYear && *year <= kLastYear ? year : std::nullopt;
}

// `regso_population_2023.csv`: the one number of four digits that can be a year.
std::optional<int> year_in_name(std::string_view name)
{
    std::optional<int> found;
    for (std::size_t i = 0; i < name.size();) {
        auto const is_digit = [&](std::size_t at) {
            return at < name.size() && name[at] >= '0' && name[at] <= '9';
        };
        auto length = std::size_t{0};
        while (is_digit(i + length))
            ++length;
        if (auto const year = length == 4 ? year_of(name.substr(i, 4)) : std::nullopt) {
            if (found)
                return std::nullopt;
            found = year;
        }
        i += std::max<std::size_t>(length, 1);
    }
    return found;
}

std::string period_of(int year)
{
    return fmt::format("{}-01-01..{}-01-01", year, year + 1);
}

/// The areas that a table may speak of, by code and by name.
class KnownAreas {
public:
    KnownAreas(County const& county, KommunNames const& kommuner, std::string set,
               std::vector<StoredAreaSet> const& sets)
        : own_(county.areas), kommuner_(kommuner), set_(std::move(set))
    {
        // The newest comes last and its names win.
        for (auto const& stored : sets)
            if (stored.name == set_)
                for (auto const& area : stored.areas) {
                    has_set_ = true;
                    by_label_[lower_case(area_label(area.name))] = area.code;
                    by_label_[lower_case(area.code)] = area.code;
                }
    }

    [[nodiscard]] bool is_own() const { return set_ == kOwnAreas; }
    [[nodiscard]] bool has_set() const { return has_set_; }

    /// The county itself: `Uppsala län`, `03 Uppsala län`; `03` where that is no code of another division.
    [[nodiscard]] bool is_county(std::string_view written) const
    {
        auto const is_code = std::ranges::all_of(written, [](char c) { return c >= '0' && c <= '9'; });
        return (is_of_kommuner() || !is_code) && kommuner_.read(written).which == KommunNames::Which::county;
    }

    /// The code in the set, or nothing.
    [[nodiscard]] std::optional<std::string> code_of(std::string_view written) const
    {
        if (!is_own()) {
            auto const found = by_label_.find(lower_case(area_label(written)));
            return found == by_label_.end() ? std::nullopt : std::optional{found->second};
        }
        auto const area = kommuner_.read(written).area;
        return area == kNoArea ? std::nullopt : std::optional{own_[area].code};
    }

    /// The county's own kommun among parts of kommuner, as a sum of them; or nothing.
    [[nodiscard]] std::optional<std::string> kommun_of(std::string_view written) const
    {
        auto const area = is_of_kommuner() ? kommuner_.read(written).area : kNoArea;
        return area == kNoArea ? std::nullopt : std::optional{own_[area].code};
    }

    /// Whether it is known to be another county's kommun or a part of one, another county or the country:
    /// `0180R001`, `Stockholm (Norrmalm)`, `00 Riket`. What a division of its own calls its areas may be
    /// called as some kommun is.
    [[nodiscard]] bool is_elsewhere(std::string_view written) const
    {
        constexpr std::size_t kKommunCode = 4;
        auto const is_foreign = [&](std::string_view kommun) {
            return kommuner_.read(kommun).which == KommunNames::Which::elsewhere;
        };
        if (is_of_kommuner() ? is_foreign(written) : kommuner_.is_beyond(written))
            return true;
        if (is_own())
            return false;
        auto const bracket = written.find('(');
        if (bracket != std::string_view::npos)
            return is_foreign(written.substr(0, bracket));
        auto const is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
        return written.size() > kKommunCode && is_letter(written[kKommunCode]) &&
               is_foreign(written.substr(0, kKommunCode));
    }

private:
    /// Kommuner, and the divisions of Sweden whose areas are named after theirs.
    [[nodiscard]] bool is_of_kommuner() const { return is_own() || set_ == "regso" || set_ == "deso"; }

    AreaSet const& own_;
    KommunNames const& kommuner_;
    std::string set_;
    bool has_set_ = false;
    std::unordered_map<std::string, std::string> by_label_;
};

class TableImport {
public:
    TableImport(County const& county, FigureColumns columns, KnownAreas areas, PlaceTally& tally)
        : county_(county), columns_(std::move(columns)), areas_(std::move(areas)), tally_(tally)
    {
    }

    std::string source, set, about;
    std::optional<int> year;

    Result<void> take(RecordTable const& table)
    {
        row_ = table.row();
        fields_ = table.fields();
        payload_ = row_payload(table);
        if (auto const fault = table.fault())
            return refuse("", fault->reason, fault->message);
        return take_row(table.columns());
    }

    [[nodiscard]] std::uint64_t without_code() const { return without_code_; }

private:
    [[nodiscard]] std::string_view at(std::optional<std::size_t> column) const
    {
        return column && *column < fields_.size() ? trimmed(fields_[*column]) : std::string_view{};
    }

    Result<void> refuse(std::string column, std::string reason, std::string message)
    {
        return tally_.set_aside(row_, {std::move(column), std::move(reason), std::move(message), payload_});
    }

    Result<void> take_row(std::vector<std::string> const& headings)
    {
        auto const written = at(columns_.area);
        auto const& area_heading = headings[columns_.area];
        if (written.empty())
            return refuse(area_heading, "unknown_place", "the area is empty, expected a code or a name");
        Figure figure{.source = source, .area_set = set};
        figure.area_name = area_label(columns_.area_name ? at(columns_.area_name) : written);
        if (areas_.is_county(written)) {
            figure.area_set = "county";
            figure.area_code = county_.profile.name;
        } else if (auto code = areas_.code_of(written)) {
            figure.area_code = std::move(*code);
        } else if (auto kommun = areas_.kommun_of(written)) {
            figure.area_set = kOwnAreas;
            figure.area_code = std::move(*kommun);
        } else if (areas_.is_elsewhere(written)) {
            tally_.outside();
            return {};
        } else if (areas_.is_own()) {
            return refuse(area_heading, "unknown_place",
                          fmt::format("\"{}\" is no kommun that is known, expected a name or code of the "
                                      "county's own",
                                      shortened(written)));
        } else if (areas_.has_set()) {
            return refuse(area_heading, "unknown_place",
                          fmt::format("the area set {} has no area \"{}\"", set, shortened(written)));
        } else {
            // Without the set nothing can be looked up; what a code column says is a code all the same.
            if (columns_.area_is_code)
                figure.area_code = written;
            ++without_code_;
        }
        auto const year_here = columns_.year ? year_of(at(columns_.year)) : year;
        if (!year_here)
            return refuse(
                headings[*columns_.year], "bad_time",
                fmt::format("the year is \"{}\", expected four digits", shortened(at(columns_.year))));
        figure.period = period_of(*year_here);
        figure.about = columns_.about ? area_label(at(columns_.about)) : about;
        if (auto const read = read_spread(figure, headings); !read.empty())
            return refuse(read, "bad_number",
                          fmt::format("\"{}\" cannot be understood as a number or interval",
                                      shortened(spread_at_fault_)));
        return put_values(std::move(figure), headings);
    }

    // n and interval. \return the heading of the column at fault, or an empty text
    std::string read_spread(Figure& figure, std::vector<std::string> const& headings)
    {
        auto const number = [&](std::optional<std::size_t> column) -> std::optional<WrittenNumber> {
            auto const read = parse_figure(at(column));
            if (!read)
                spread_at_fault_ = at(column);
            return read;
        };
        auto const n = number(columns_.n), low = number(columns_.low), high = number(columns_.high);
        if (!n || !low || !high)
            return headings[!n ? *columns_.n : !low ? *columns_.low : *columns_.high];
        // Beyond it a double no longer tells one whole number from the next.
        constexpr double kMost = 9'007'199'254'740'992.0;
        if (n->value && (*n->value < 0.0 || *n->value > kMost || *n->value != std::floor(*n->value))) {
            spread_at_fault_ = at(columns_.n);
            return headings[*columns_.n];
        }
        if (n->value)
            figure.n = static_cast<std::int64_t>(*n->value);
        figure.low = low->value;
        figure.high = high->value;
        if (auto const text = at(columns_.interval); !text.empty()) {
            auto const interval = parse_interval(text);
            if (!interval) {
                spread_at_fault_ = text;
                return headings[*columns_.interval];
            }
            figure.low = interval->first;
            figure.high = interval->second;
        }
        return {};
    }

    // A share beyond 0 to 100, or a value outside its own interval: a column is not what it seems to be.
    [[nodiscard]] std::string contradiction_in(Figure const& figure) const
    {
        if (!figure.value)
            return {};
        if (figure.unit == "%" && (*figure.value < 0.0 || *figure.value > 100.0))
            return fmt::format("the share is {}, expected 0 to 100", *figure.value);
        if (columns_.values.size() > 1)
            return {};  // of which the interval is, nobody says
        if ((figure.low && *figure.value < *figure.low) || (figure.high && *figure.value > *figure.high))
            return fmt::format("the value {} lies outside its interval, {} to {}", *figure.value,
                               figure.low ? fmt::format("{}", *figure.low) : "?",
                               figure.high ? fmt::format("{}", *figure.high) : "?");
        return {};
    }

    // A row of several numbers is one row.
    Result<void> put_values(Figure figure, std::vector<std::string> const& headings)
    {
        std::vector<Figure> figures;
        for (auto const& column : columns_.values) {
            auto const number = parse_figure(at(column.index));
            if (!number)
                return refuse(headings[column.index], "bad_number",
                              fmt::format("\"{}\" is no number", shortened(at(column.index))));
            figure.measure = column.measure;
            figure.unit = column.unit;
            figure.value = number->value;
            if (auto const wrong = contradiction_in(figure); !wrong.empty())
                return refuse(headings[column.index], "bad_number", wrong);
            figures.push_back(figure);
        }
        return tally_.put_together<Figure>(figures, row_, headings[columns_.area], payload_);
    }

    County const& county_;
    FigureColumns columns_;
    KnownAreas areas_;
    PlaceTally& tally_;
    std::uint64_t row_ = 0;
    std::span<std::string_view const> fields_;
    std::string payload_;
    std::string spread_at_fault_;
    std::uint64_t without_code_ = 0;
};

}  // namespace

Result<ImportReport> import_figures(Store& store, std::string const& path, PlaceOptions const& options)
{
    auto file = ByteSource::open(path);
    if (!file)
        return Failure{file.error()};
    auto const name = file->name();
    auto opened = open_table(*file, {.csv = {}, .layer = options.layer, .limits = {}});
    if (!opened)
        return Failure{opened.error()};
    auto& table = **opened;
    auto const columns = figure_columns(table.columns(), options.measure, name);
    if (!columns)
        return Failure{columns.error()};
    auto const set = options.set.empty() ? columns->area_set : options.set;
    if (set.empty())
        return fail(
            ErrorCode::wrong_use,
            fmt::format("{} does not tell of which area set its areas are: name it with --set, {} for the "
                        "county's own",
                        name, kOwnAreas),
            "set");
    auto const year = options.year.empty() ? year_in_name(name) : year_of(options.year);
    if (!columns->year && !year)
        return fail(ErrorCode::wrong_use,
                    options.year.empty()
                        ? fmt::format("{} does not tell its year: name it with --year", name)
                        : fmt::format("the year is \"{}\", expected four digits", shortened(options.year)),
                    "year");
    auto const sets = store.area_sets(false);
    if (!sets)
        return Failure{sets.error()};
    auto const county = store.county();
    auto const kommuner = KommunNames::of(*county);
    if (!kommuner)
        return Failure{kommuner.error()};
    auto const source = options.source_name.empty() ? std::string{kSource} : options.source_name;
    auto session = store.begin_places(
        {.name = source, .title = source, .attribution = "", .as_of = "", .whole = false}, name);
    if (!session)
        return Failure{session.error()};
    PlaceTally tally{**session, source, name};
    TableImport import{*county, *columns, KnownAreas{*county, *kommuner, set, *sets}, tally};
    import.source = source;
    import.set = set;
    import.about = options.about;
    import.year = year;
    while (true) {
        auto const more = table.next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (auto const taken = import.take(table); !taken)
            return Failure{taken.error()};
    }
    std::string told;
    for (auto const& column : columns->values)
        told += fmt::format("{}{} ({}) from {}", told.empty() ? "" : ", ", column.measure, column.unit,
                            table.columns()[column.index]);
    tally.note(fmt::format(
        "{}: {}; areas of {} from {}; {}", name, told, set, table.columns()[columns->area],
        columns->year ? "years from " + table.columns()[*columns->year] : fmt::format("year {}", *year)));
    if (import.without_code() > 0)
        tally.note(
            fmt::format("{}: the store has no area set {}, so rows are kept by what they call their area: {}",
                        name, set, import.without_code()));
    return tally.finish();
}

}  // namespace riskbild::importers
