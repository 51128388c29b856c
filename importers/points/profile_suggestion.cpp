#include "importers/points/profile_suggestion.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/area.hpp"
#include "geo_core/crs.hpp"
#include "geo_core/text.hpp"
#include "importers/observed.hpp"
#include "importers/points/row_interpreter.hpp"
#include "importers/points/suggest_roles.hpp"
#include "importers/readers/ogr_table.hpp"
#include "importers/readers/open_table.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kPreviewed = 5;

// ---- TOML ----

std::string toml_text(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            out += c;
    }
    return out + "\"";
}

std::string list_of(std::vector<std::string> const& texts)
{
    if (texts.size() == 1)
        return toml_text(texts.front());
    std::string all;
    for (auto const& text : texts)
        all += (all.empty() ? "" : ", ") + toml_text(text);
    return "[" + all + "]";
}

// A comment must stay on its line.
std::string comment(std::string_view text)
{
    std::string out;
    for (char const c : text)
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return out;
}

class TomlText {
public:
    explicit TomlText(ProfileSuggestion const& made) : made_(made) {}

    void line(std::string_view text) { text_ += std::string{text} + "\n"; }
    void table(std::string_view name)
    {
        table_ = name;
        line(fmt::format("\n[{}]", name));
    }

    // A key, with the reason for it as a comment behind.
    void key(std::string_view name, std::string const& value)
    {
        auto const whole = table_.empty() ? std::string{name} : fmt::format("{}.{}", table_, name);
        auto const guess = std::ranges::find(made_.guesses, whole, &ProfileGuess::key);
        auto const text = fmt::format("{} = {}", name, value);
        line(guess == made_.guesses.end()
                 ? text
                 : fmt::format("{:<32} # {}: {}", text, name_of(guess->confidence), comment(guess->reason)));
    }
    void column(std::string_view name, std::string const& value)
    {
        if (!value.empty())
            key(name, toml_text(value));
    }
    void columns(std::string_view name, std::vector<std::string> const& values)
    {
        if (!values.empty())
            key(name, list_of(values));
    }

    [[nodiscard]] std::string const& text() const { return text_; }

private:
    ProfileSuggestion const& made_;
    std::string table_;
    std::string text_;
};

bool is_asked_for(ProfileSuggestion const& made, std::string_view key)
{
    return std::ranges::any_of(
        made.questions, [&](auto const& question) { return question.starts_with(std::string{key} + ":"); });
}

void write_time(TomlText& toml, ProfileSuggestion const& made)
{
    auto const& profile = made.profile;
    toml.table("time");
    if (profile.from.empty()) {
        toml.line("# TO FILL IN, one of the two without its hash: the column with the time, or the days");
        toml.line("# between which all of it happened, the second not included. Until then it cannot be");
        toml.line("# imported with.");
        toml.line("# from = \"\"");
        toml.line("# fixed = \"2025-01-01..2026-01-01\"");
        return;
    }
    toml.column("from", profile.from);
    toml.column("to", profile.to);
    toml.column("clock", profile.clock);
    toml.column("hour", profile.hour);
    if (is_asked_for(made, "time.style")) {
        toml.line(
            "# TO FILL IN: without the hash, and \"day_first\" where 03/04 is the third of April, "
            "\"month_first\" where it");
        toml.line("# is the fourth of March. Until then every row is set aside.");
        toml.line("# style = \"day_first\"");
    } else {
        toml.key("style", profile.style == TimeStyle::iso         ? "\"iso\""
                          : profile.style == TimeStyle::day_first ? "\"day_first\""
                                                                  : "\"month_first\"");
    }
    if (profile.resolution == TimeResolution::hour)
        toml.key("resolution", "\"hour\"");
}

void write_position(TomlText& toml, ProfileSuggestion const& made)
{
    auto const& profile = made.profile;
    toml.table("position");
    if (profile.geometry)
        toml.key("geometry", "true");
    if (is_asked_for(made, "position.epsg") && profile.geometry)
        toml.line("# TO FILL IN, without the hash: the number of the coordinate system\n# epsg = 3006");
    toml.column("lng", profile.lng);
    toml.column("lat", profile.lat);
    toml.column("x", profile.x);
    toml.column("y", profile.y);
    if (!profile.x.empty())
        toml.key("epsg", fmt::to_string(profile.epsg));
    if (profile.geometry || !profile.lng.empty() || !profile.x.empty())
        toml.key("precision", toml_text(name_of(profile.precision)));
    toml.column("precision_column", profile.precision_column);
    toml.column("area", profile.area);
    toml.column("address", profile.address);
    toml.column("stop", profile.stop);
    toml.column("street", profile.street);
    toml.column("locality", profile.locality);
    if (profile.whole_county_without_position)
        toml.key("whole_county_without_position", "true");
}

void write_kind(TomlText& toml, ProfileSuggestion const& made)
{
    auto const& profile = made.profile;
    toml.table("kind");
    if (!profile.kind_fixed.empty()) {
        toml.key("fixed", toml_text(profile.kind_fixed));
        return;
    }
    toml.column("column", profile.kind_column);
    if (profile.kind_is_code) {
        toml.key("codes", "true");
        return;
    }
    toml.table("kind.values");
    std::set<std::string> written;
    for (auto const& kind : made.kinds) {
        auto const value = lower_case(kind.value);
        if (!written.insert(value).second)
            continue;
        auto const is_left_open = kind.code.empty() && !profile.kind_of_value.empty();
        toml.line(fmt::format("{}{} = {}  # {} rows, {}: {}", is_left_open ? "# " : "", toml_text(value),
                              toml_text(kind.code.empty() ? "unknown" : kind.code), kind.rows,
                              name_of(kind.confidence), comment(kind.reason)));
    }
}

std::string toml_of(ProfileSuggestion const& made)
{
    auto const& profile = made.profile;
    TomlText toml{made};
    toml.line(fmt::format(
        "# Suggested by looking at {} rows of {}. Look at what is called unsure, then import with",
        made.rows_looked_at, comment(made.file)));
    toml.line("# --profile-columns and this file's name.");
    for (auto const& question : made.questions)
        toml.line("# ? " + comment(question));
    toml.line("");
    toml.key("source", toml_text(profile.source.name));
    toml.key("title", toml_text(profile.source.title));
    toml.columns("id", profile.id);
    if (!profile.csv.columns.empty()) {
        toml.table("csv");
        toml.columns("columns", profile.csv.columns);
    }
    write_time(toml, made);
    write_position(toml, made);
    write_kind(toml, made);
    toml.table("words");
    toml.columns("title", profile.title);
    toml.columns("text", profile.text);
    toml.columns("place", profile.place_text);
    toml.column("link", profile.link);
    toml.column("case_number", profile.case_number);
    return toml.text();
}

// ---- as it would be read ----

std::string local_text(Instant instant, TimeZone const& zone)
{
    auto const local = zone.local(instant);
    auto const day = date::floor<date::days>(local);
    auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
    return fmt::format("{} {:02}:{:02}", to_text(LocalDate{day}), minutes / 60, minutes % 60);
}

std::string when_text(TimeInterval const& occurred, TimeZone const& zone)
{
    auto const day = date::floor<date::days>(zone.local(occurred.from));
    if (zone.day(LocalDate{day}) == occurred)
        return to_text(LocalDate{day}) + ", the day";
    if (occurred.to - occurred.from <= std::chrono::minutes{1})
        return local_text(occurred.from, zone);
    return fmt::format("{} – {}", local_text(occurred.from, zone), local_text(occurred.to, zone));
}

std::string where_text(InterpretedRow const& row, LngLat degrees, County const& county)
{
    if (row.written && row.precision && is_point(*row.precision)) {
        auto const area = county.areas.at(county.profile.crs.metres(degrees));
        return fmt::format("{:.5f}, {:.5f} ({}{})", degrees.lng, degrees.lat, name_of(*row.precision),
                           area == kNoArea ? "" : ", " + county.areas[area].name);
    }
    auto const area = area_of(row.report.place);
    return area == kNoArea ? fmt::format("{} (the whole county)", county.profile.county_name)
                           : fmt::format("{} (the kommun)", county.areas[area].name);
}

class TryOut {
public:
    TryOut(ProfileSuggestion& made, County const& county) : made_(made), county_(county) {}

    Result<void> run(TableSample& sample, Instant now)
    {
        auto rows = RowInterpreter::make(made_.profile, sample.columns(), county_, made_.file);
        if (!rows)
            return Failure{rows.error()};
        auto const file_epsg = sample.point_epsg() != 0 ? sample.point_epsg() : made_.profile.epsg;
        auto const epsg = made_.profile.geometry ? file_epsg : made_.profile.epsg;
        if (auto again = sample.rewind(); !again)
            return again;
        while (true) {
            auto const more = sample.next();
            if (!more)
                return Failure{more.error()};
            if (!*more)
                break;
            if (auto const fault = sample.fault())
                set_aside(sample.number(), {"", fault->reason, fault->message});
            else if (auto row = rows->read(sample, now, now, now))
                place(sample.number(), *row, epsg);
            else
                set_aside(sample.number(), std::move(row.error()));
        }
        for (auto const& [reason, rows_so] : sample.unreadable_rows())
            reasons_[reason] += rows_so;
        made_.set_aside.assign(reasons_.begin(), reasons_.end());
        return {};
    }

private:
    static LngLat in_degrees(MapPoint const& written, int epsg)
    {
        std::array<MapPoint, 1> const points{written};
        std::array<LngLat, 1> found{LngLat{.lng = written.east, .lat = written.north}};
        return epsg == 0 || to_degrees(epsg, points, found) ? found[0] : LngLat{.lng = 0, .lat = 0};
    }

    void place(std::uint64_t number, InterpretedRow const& row, int epsg)
    {
        auto const& box = county_.profile.accepted_box;
        LngLat degrees;
        if (row.written) {
            degrees = in_degrees(*row.written, epsg);
            if (!box.contains(degrees)) {
                auto const swapped = MapPoint{.east = row.written->north, .north = row.written->east};
                auto const is_swapped = box.contains(in_degrees(swapped, epsg));
                auto const [east, north] = *row.written;
                set_aside(
                    number,
                    is_swapped
                        ? RowProblem{"", "swapped_position",
                                     fmt::format("the position {}, {} lies outside the county's box, but "
                                                 "inside when the two change places",
                                                 east, north)}
                        : RowProblem{
                              "", "outside_box",
                              fmt::format("the position {}, {} lies outside the county's box", east, north)});
                return;
            }
        }
        ++made_.usable_rows;
        if (made_.preview.size() >= kPreviewed)
            return;
        auto const& report = row.report;
        auto const kind = county_.kinds.by_code(report.kind_code);
        made_.preview.push_back(
            {.row = number,
             .when = when_text(report.occurred, county_.profile.zone),
             .where = where_text(row, degrees, county_),
             .kind =
                 kind ? fmt::format("{} ({})", county_.kinds[*kind].sv, report.kind_code) : report.kind_code,
             .title = report.title,
             .set_aside = {}});
    }

    void set_aside(std::uint64_t number, RowProblem problem)
    {
        ++reasons_[problem.reason];
        if (made_.preview.size() < kPreviewed)
            made_.preview.push_back({.row = number,
                                     .when = {},
                                     .where = {},
                                     .kind = {},
                                     .title = {},
                                     .set_aside = fmt::format("{}: {}", problem.reason, problem.message)});
    }

    ProfileSuggestion& made_;
    County const& county_;
    std::map<std::string, std::uint64_t> reasons_;
};

// ---- putting it together ----

// `Anmälningar 2025.csv.gz`: a–z, 0–9, - and _
std::string source_name_of(std::string const& file)
{
    auto stem = lower_case(file.substr(file.rfind('/') + 1));
    stem = stem.substr(0, stem.find('.'));
    for (auto const& [from, to] : {std::pair{"å", "a"}, {"ä", "a"}, {"ö", "o"}, {"é", "e"}})
        for (auto at = stem.find(from); at != std::string::npos; at = stem.find(from))
            stem.replace(at, 2, to);
    for (auto& c : stem)
        if (!is_source_name(std::string(1, c)))
            c = '_';
    constexpr std::size_t kLongest = 40;
    stem = stem.substr(0, kLongest);
    return is_source_name(stem) ? stem : "source";
}

Result<std::unique_ptr<RecordTable>> open_minding_the_heading(OpenTable const& open, ProfileSuggestion& made,
                                                              bool may_lack_heading)
{
    auto table = open({});
    if (!table || !may_lack_heading || !looks_like_a_row((*table)->columns()))
        return table;
    CsvOptions csv;
    for (std::size_t i = 1; i <= (*table)->columns().size(); ++i)
        csv.columns.push_back(fmt::format("column_{}", i));
    made.profile.csv.columns = csv.columns;
    made.guesses.push_back({"csv.columns", fmt::format("{}", fmt::join(csv.columns, ", ")),
                            Confidence::likely,
                            "the first line holds a number or a date, so there is no heading"});
    table->reset();
    return open(csv);
}

Result<ProfileSuggestion> suggest(OpenTable const& open, std::string const& file, bool is_text,
                                  County const& county, SuggestOptions const& options)
{
    ProfileSuggestion made;
    made.file = file;
    auto table = open_minding_the_heading(open, made, is_text);
    if (!table)
        return Failure{table.error()};
    if (is_police_feed((*table)->columns()))
        return fail(ErrorCode::wrong_use,
                    fmt::format("{}: is the police's event feed, which needs no column profile; use "
                                "riskbild import police",
                                file));
    auto sample = TableSample::of(**table);
    if (!sample)
        return Failure{sample.error()};
    if ((*sample)->rows().empty())
        return fail(ErrorCode::unreadable, fmt::format("{}: has no rows that can be read", file));
    auto types = PoliceTypes::load();
    if (!types)
        return Failure{types.error()};
    made.form = (*sample)->form();
    made.columns = (*sample)->columns();
    made.rows_looked_at = (*sample)->rows().size();
    made.rows_gone_through = (*sample)->looked_through();
    made.is_whole = (*sample)->is_whole();
    auto& profile = made.profile;
    profile.name = source_name_of(file);
    profile.source.name = profile.name;
    profile.source.title = file.substr(0, file.find('.'));

    auto const facts = facts_of(**sample, county.profile.zone);
    SuggestionDraft draft{.sample = **sample, .facts = facts, .county = county, .made = made};
    draft.kind_column = options.kind_column;
    draft.file_words = lower_case(file);
    std::ranges::replace(draft.file_words, '_', ' ');
    std::ranges::replace(draft.file_words, '.', ' ');
    suggest_time(draft);
    suggest_position(draft);
    suggest_id(draft);
    suggest_kind(draft, *types);
    suggest_words(draft);
    suggest_source(draft);

    made.toml = toml_of(made);
    auto parsed = parse_profile_without_time(made.toml, profile.name);
    if (!parsed)
        return fail(ErrorCode::internal,
                    fmt::format("{}: the suggestion does not load: {}", file, parsed.error().message));
    profile = std::move(*parsed);
    if (auto tried = TryOut{made, county}.run(**sample, options.now); !tried)
        return Failure{tried.error()};
    return made;
}

}  // namespace

std::string_view name_of(Confidence confidence)
{
    switch (confidence) {
        case Confidence::certain:
            return "certain";
        case Confidence::likely:
            return "likely";
        case Confidence::unsure:
            break;
    }
    return "unsure";
}

void SuggestionDraft::guess(std::string key, std::string value, Confidence confidence, std::string reason)
{
    made.guesses.push_back({std::move(key), std::move(value), confidence, std::move(reason)});
}

void SuggestionDraft::take(std::string key, std::string const& column, Confidence confidence,
                           std::string reason)
{
    taken.insert(column);
    guess(std::move(key), column, confidence, std::move(reason));
}

Result<ProfileSuggestion> suggest_profile(ByteSource& source, County const& county,
                                          SuggestOptions const& options)
{
    auto is_text = true;
    auto const open = [&](CsvOptions const& csv) -> Result<std::unique_ptr<RecordTable>> {
        if (auto again = source.rewind(); !again)
            return Failure{again.error()};
        auto table = open_table(source, {.csv = csv, .layer = options.layer, .limits = {}});
        is_text = table && (*table)->form().starts_with("fields separated");
        return table;
    };
    if (auto const first = open({}); !first)
        return Failure{first.error()};
    auto made = suggest(open, source.name(), is_text, county, options);
    if (made && source.packing() != Packing::none)
        made->form += fmt::format(", {}", name_of(source.packing()));
    return made;
}

Result<ProfileSuggestion> suggest_profile_of_database(std::string const& connection, County const& county,
                                                      SuggestOptions const& options)
{
    auto const open = [&](CsvOptions const&) { return open_database_table(connection, options.layer, {}); };
    return suggest(open, database_name(connection), false, county, options);
}

Result<County> county_of_profile(std::string const& name)
{
    auto profile = load_profile(name).map_error([](Error error) {
        error.code = error.code == ErrorCode::not_found ? ErrorCode::wrong_use : error.code;
        return error;
    });
    if (!profile)
        return Failure{profile.error()};
    auto areas = load_areas(*profile);
    if (!areas)
        return Failure{areas.error()};
    auto const text = read_data_file("kinds/kinds.toml");
    if (!text)
        return Failure{text.error()};
    auto kinds = KindTree::from_toml(*text, "kinds.toml");
    if (!kinds)
        return Failure{kinds.error()};
    return County{std::move(*profile), std::move(*areas), std::move(*kinds), {}, {}};
}

}  // namespace riskbild::importers
