#include "importers/points/column_profile.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/area.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/read_file.hpp"
#include "geo_core/suggestions.hpp"
#include "geo_core/text.hpp"
#include "geo_core/toml_text.hpp"
#include "importers/readers/record_table.hpp"

namespace riskbild::importers {
namespace {

// Reads a table key by key; remembers the first thing wrong, and which keys nobody asked for.
class KeyReader {
public:
    KeyReader(toml::table const& table, std::string path) : table_(table), path_(std::move(path)) {}

    std::string text(std::string_view key)
    {
        auto const* node = asked(key);
        if (node == nullptr)
            return {};
        auto const value = node->value_exact<std::string>();
        if (!value)
            wrong(key, "expected a text");
        return value.value_or(std::string{});
    }

    std::vector<std::string> texts(std::string_view key)
    {
        auto const* node = asked(key);
        if (node == nullptr)
            return {};
        if (auto const one = node->value_exact<std::string>())
            return {*one};
        std::vector<std::string> values;
        if (auto const* list = node->as_array())
            for (auto const& item : *list)
                values.push_back(item.value_exact<std::string>().value_or(std::string{}));
        if (values.empty() || std::find(values.begin(), values.end(), "") != values.end())
            wrong(key, "expected a text or a list of texts");
        return values;
    }

    int number(std::string_view key, int otherwise)
    {
        auto const* node = asked(key);
        if (node == nullptr)
            return otherwise;
        auto const value = node->value_exact<std::int64_t>();
        if (!value || *value < 0 || *value > 1'000'000)
            wrong(key, "expected a whole number");
        return value ? static_cast<int>(std::clamp<std::int64_t>(*value, 0, 1'000'000)) : otherwise;
    }

    bool flag(std::string_view key)
    {
        auto const* node = asked(key);
        if (node == nullptr)
            return false;
        auto const value = node->value_exact<bool>();
        if (!value)
            wrong(key, "expected true or false");
        return value.value_or(false);
    }

    template <class T>
    T one_of(std::string_view key, T otherwise, std::vector<std::pair<std::string_view, T>> const& choices)
    {
        auto const written = text(key);
        if (written.empty())
            return otherwise;
        std::string names;
        for (auto const& [name, value] : choices) {
            if (name == written)
                return value;
            names += (names.empty() ? "" : ", ") + std::string{name};
        }
        wrong(key, fmt::format("is \"{}\", expected one of {}", written, names));
        return otherwise;
    }

    // `2011-01-01..2018-01-01`
    std::optional<FixedPeriod> period(std::string_view key)
    {
        auto const written = text(key);
        if (written.empty())
            return std::nullopt;
        auto const dots = written.find("..");
        auto const from = parse_date(written.substr(0, dots));
        auto const to = dots == std::string::npos ? std::nullopt : parse_date(written.substr(dots + 2));
        if (from && to && *from < *to)
            return FixedPeriod{*from, *to};
        wrong(key, fmt::format(
                       "is \"{}\", expected two days such as 2011-01-01..2018-01-01, the second not included",
                       written));
        return std::nullopt;
    }

    KeyReader table(std::string_view key)
    {
        static toml::table const kNone;
        auto const* node = asked(key);
        auto const* inner = node != nullptr ? node->as_table() : nullptr;
        if (node != nullptr && inner == nullptr)
            wrong(key, "expected a table");
        return {inner != nullptr ? *inner : kNone, path_ + std::string{key} + "."};
    }

    std::map<std::string, std::string, std::less<>> lower_case_map()
    {
        std::map<std::string, std::string, std::less<>> values;
        for (auto const& [key, node] : table_) {
            asked_.insert(std::string{key.str()});
            values.emplace(lower_case(key.str()), text(key.str()));
        }
        return values;
    }

    // To be called when everything has been asked for.
    std::string problem() const
    {
        if (!problem_.empty())
            return problem_;
        for (auto const& [key, node] : table_)
            if (!asked_.contains(key.str()))
                return unknown(key.str());
        return {};
    }

private:
    toml::node const* asked(std::string_view key)
    {
        asked_.insert(std::string{key});
        return table_.get(key);
    }

    std::string unknown(std::string_view key) const
    {
        std::vector<std::string> const known{asked_.begin(), asked_.end()};
        auto const meant = nearest_name(key, known);
        return fmt::format(
            "{}{} is no key of a column profile{}; {} {}", path_, key,
            meant ? fmt::format(", did you mean {}{}", path_, *meant) : "",
            path_.empty() ? "at its top stand" : fmt::format("[{}] has", path_.substr(0, path_.size() - 1)),
            fmt::join(known, ", "));
    }

    void wrong(std::string_view key, std::string_view what)
    {
        if (problem_.empty())
            problem_ = fmt::format("{}{}: {}", path_, key, what);
    }

    toml::table const& table_;
    std::string path_;
    std::set<std::string, std::less<>> asked_;
    std::string problem_;
};

// What the keys allow but does not make sense together.
std::string contradiction(ColumnProfile const& profile)
{
    if (!is_source_name(profile.source.name))
        return "source: expected a name of a–z, 0–9, - and _";
    if (profile.fixed &&
        !(profile.from.empty() && profile.to.empty() && profile.hour.empty() && profile.clock.empty()))
        return "time: either fixed or columns";
    if (!profile.hour.empty() && !profile.clock.empty())
        return "time: either hour or clock";
    if (profile.lng.empty() != profile.lat.empty())
        return "position: lng and lat belong together";
    if (profile.x.empty() != profile.y.empty() ||
        (!profile.geometry && profile.x.empty() != (profile.epsg == 0)))
        return "position: x, y and epsg belong together";
    if (!profile.lng.empty() && !profile.x.empty())
        return "position: either lng and lat, or x, y and epsg";
    if (profile.geometry && !(profile.lng.empty() && profile.x.empty()))
        return "position: either geometry or columns";
    if (!is_point(profile.precision))
        return "position.precision: expected exact, address or street";
    if (profile.kind_fixed.empty() == profile.kind_column.empty())
        return "kind: either fixed or column";
    auto const meanings = (profile.kind_is_code ? 1 : 0) + (profile.kind_list ? 1 : 0) +
                          (profile.kind_of_value.empty() ? 0 : 1);
    if (!profile.kind_column.empty() && meanings != 1)
        return "kind: a column needs either values, or codes = true, or list";
    if (profile.context_column.empty() != profile.context_values.empty())
        return "context: column and values belong together";
    return {};
}

Failure wrong_profile(std::string_view name, std::string_view what)
{
    return fail(ErrorCode::unreadable, fmt::format("column profile {}: {}", name, what), "profile-columns");
}

std::filesystem::path folder()
{
    return data_directory() / "profiles" / "columns";
}

Result<ColumnProfile> read_profile(std::filesystem::path const& path)
{
    auto const text = read_file(path);
    if (!text)
        return fail(ErrorCode::wrong_use,
                    fmt::format("the column profile \"{}\" cannot be read", path.string()),
                    "profile-columns");
    return parse_column_profile(*text, path.stem().string());
}

bool is_among(std::vector<std::string> const& header, std::string const& column)
{
    return !column.empty() && std::find(header.begin(), header.end(), column) != header.end();
}

// A table of something else may have an id, a time and a kind too, and all its positions would be lost.
bool tells_a_place(ColumnProfile const& profile, std::vector<std::string> const& header)
{
    auto const has = [&](std::string const& column) { return is_among(header, column); };
    return (profile.geometry && has(std::string{kGeometryColumn})) || has(profile.lng) || has(profile.lat) ||
           has(profile.x) || has(profile.y) || has(profile.area);
}

// The headings that a profile has no use for.
std::vector<std::string> unused_headings(ColumnProfile const& profile, std::vector<std::string> const& header)
{
    auto const used = profile.columns();
    std::vector<std::string> unused;
    std::copy_if(header.begin(), header.end(), std::back_inserter(unused), [&](std::string const& heading) {
        return !std::binary_search(used.begin(), used.end(), heading);
    });
    return unused;
}

// Whether a profile would fit with the headings that may be meant, or but for one column.
bool nearly_fits(ColumnProfile const& profile, std::vector<std::string> header)
{
    auto const unused = unused_headings(profile, header);
    for (auto const& column : missing_columns(profile, header).needed)
        if (nearest_name(column, unused))
            header.push_back(column);
    return missing_columns(profile, header).needed.size() <= 1 && tells_a_place(profile, header);
}

}  // namespace

std::string const& ColumnProfile::first_of_position() const
{
    static std::string const kGeometry{kGeometryColumn};
    return geometry ? kGeometry : epsg == 0 ? lng : x;
}

std::string const& ColumnProfile::second_of_position() const
{
    return geometry ? first_of_position() : epsg == 0 ? lat : y;
}

std::vector<std::string> ColumnProfile::columns() const
{
    std::set<std::string> all;
    for (auto const* one :
         {&from, &to, &hour, &clock, &observed, &lng, &lat, &x, &y, &precision_column, &area, &address, &stop,
          &street, &locality, &kind_column, &link, &case_number, &context_column})
        if (!one->empty())
            all.insert(*one);
    if (geometry)
        all.insert(first_of_position());
    for (auto const* several : {&id, &required, &title, &text, &place_text})
        all.insert(several->begin(), several->end());
    return {all.begin(), all.end()};
}

MissingColumns missing_columns(ColumnProfile const& profile, std::vector<std::string> const& header)
{
    auto const has = [&](std::string const& column) { return is_among(header, column); };
    std::set<std::string> needed{profile.from, profile.kind_column, profile.context_column,
                                 profile.precision_column};
    needed.insert(profile.id.begin(), profile.id.end());
    needed.insert(profile.required.begin(), profile.required.end());
    auto const& first = profile.first_of_position();
    auto const& second = profile.second_of_position();
    auto const placed_otherwise = profile.whole_county_without_position || has(profile.area);
    if (has(first) || has(second) || !placed_otherwise)
        needed.insert({first, second});
    if (!has(first) && !has(second) && !placed_otherwise)
        needed.insert(profile.area);

    MissingColumns missing;
    for (auto const& column : profile.columns())
        if (!has(column))
            (needed.contains(column) ? missing.needed : missing.optional).push_back(column);
    return missing;
}

std::string lacking_text(std::vector<std::string> const& columns, ColumnProfile const& profile,
                         std::vector<std::string> const& header)
{
    auto const unused = unused_headings(profile, header);
    std::string named;
    for (auto const& column : columns) {
        auto const meant = nearest_name(column, unused);
        named += fmt::format("{}{}{}", named.empty() ? "" : ", ", column,
                             meant ? fmt::format(" (is it \"{}\"?)", shortened(*meant)) : "");
    }
    return fmt::format("the column{} {}", columns.size() == 1 ? "" : "s", named);
}

bool is_police_feed(std::vector<std::string> const& columns)
{
    return std::ranges::all_of(
        std::array{"datetime", "summary", "type", "location.gps"},
        [&](auto const* column) { return std::ranges::find(columns, column) != columns.end(); });
}

Result<ColumnProfile> parse_column_profile(std::string_view toml, std::string_view name)
{
    auto profile = parse_profile_without_time(toml, name);
    if (profile && !profile->tells_time())
        return wrong_profile(name,
                             "time.from: missing, expected the column with the time, or time.fixed with the "
                             "days between which all of it happened");
    return profile;
}

Result<ColumnProfile> parse_profile_without_time(std::string_view toml, std::string_view name)
{
    auto const wrong = [&](std::string const& what) { return wrong_profile(name, what); };
    auto const parsed = parse_toml(toml, fmt::format("column profile {}", name));
    if (!parsed)
        return fail(parsed.error().code, parsed.error().message, "profile-columns");

    ColumnProfile profile;
    profile.name = name;
    profile.toml = toml;
    KeyReader top{*parsed, ""};
    profile.source.name = top.text("source");
    profile.source.title = top.text("title");
    profile.source.rank = top.number("rank", 100);
    profile.source.made_up = top.flag("made_up");
    profile.source.repeats = top.flag("repeats");
    profile.id = top.texts("id");
    profile.required = top.texts("required");
    profile.by_name_only = top.flag("by_name_only");

    auto csv = top.table("csv");
    profile.csv.separator =
        csv.one_of<char>("separator", '\0', {{",", ','}, {";", ';'}, {"\t", '\t'}, {"|", '|'}});
    profile.csv.encoding =
        csv.one_of("encoding", Encoding::automatic,
                   {{"automatic", Encoding::automatic}, {"windows-1252", Encoding::windows_1252}});
    profile.csv.columns = csv.texts("columns");

    auto time = top.table("time");
    profile.from = time.text("from");
    profile.fixed = time.period("fixed");
    profile.to = time.text("to");
    profile.hour = time.text("hour");
    profile.clock = time.text("clock");
    profile.observed = time.text("observed");
    profile.style = time.one_of("style", TimeStyle::iso,
                                {{"iso", TimeStyle::iso},
                                 {"month_first", TimeStyle::month_first},
                                 {"day_first", TimeStyle::day_first}});
    profile.resolution = time.one_of(
        "resolution", TimeResolution::minute,
        {{"minute", TimeResolution::minute}, {"hour", TimeResolution::hour}, {"day", TimeResolution::day}});

    auto position = top.table("position");
    profile.lng = position.text("lng");
    profile.lat = position.text("lat");
    profile.x = position.text("x");
    profile.y = position.text("y");
    profile.epsg = position.number("epsg", 0);
    profile.geometry = position.flag("geometry");
    profile.swap = position.flag("swap");
    profile.precision = position.one_of(
        "precision", Precision::exact,
        {{"exact", Precision::exact}, {"address", Precision::address}, {"street", Precision::street}});
    profile.precision_column = position.text("precision_column");
    profile.area = position.text("area");
    profile.address = position.text("address");
    profile.stop = position.text("stop");
    profile.street = position.text("street");
    profile.locality = position.text("locality");
    profile.whole_county_without_position = position.flag("whole_county_without_position");

    auto kind = top.table("kind");
    profile.kind_fixed = kind.text("fixed");
    profile.kind_column = kind.text("column");
    profile.kind_is_code = kind.flag("codes");
    if (auto const list = kind.text("list"); !list.empty()) {
        auto codes = DatedCodes::load(list);
        if (!codes)
            return Failure{codes.error()};
        profile.kind_list = std::move(*codes);
    }
    auto values = kind.table("values");
    profile.kind_of_value = values.lower_case_map();

    auto words = top.table("words");
    profile.title = words.texts("title");
    profile.text = words.texts("text");
    profile.place_text = words.texts("place");
    profile.link = words.text("link");
    profile.case_number = words.text("case_number");

    auto context = top.table("context");
    profile.context_column = context.text("column");
    for (auto const& value : context.texts("values"))
        profile.context_values.push_back(lower_case(value));

    for (auto const* reader : {&top, &csv, &time, &position, &kind, &values, &words, &context})
        if (auto problem = reader->problem(); !problem.empty())
            return wrong(problem);
    if (auto const problem = contradiction(profile); !problem.empty())
        return wrong(problem);
    return profile;
}

std::vector<std::string> column_profile_names()
{
    std::vector<std::string> names;
    std::error_code error;
    for (auto const& entry : std::filesystem::directory_iterator{folder(), error})
        if (entry.path().extension() == ".toml")
            names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

Result<ColumnProfile> load_column_profile(std::string const& name)
{
    if (name.ends_with(".toml"))
        return read_profile(name);
    auto const names = column_profile_names();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        auto const meant = nearest_name(name, names);
        return fail(
            ErrorCode::wrong_use,
            fmt::format("there is no column profile \"{}\"{}; there are {}, or name a file ending in .toml",
                        shortened(name), meant ? ", did you mean " + *meant : "", fmt::join(names, ", ")),
            "profile-columns");
    }
    return read_profile(folder() / (name + ".toml"));
}

Result<ColumnProfile> column_profile_for(std::vector<std::string> const& header, std::string const& file)
{
    auto const names = column_profile_names();
    std::vector<ColumnProfile> whole;
    std::vector<ColumnProfile> enough;
    std::string nearly;
    for (auto const& name : names) {
        auto profile = load_column_profile(name);
        if (!profile)
            return profile;
        if (profile->by_name_only || !profile->csv.columns.empty())
            continue;
        auto const missing = missing_columns(*profile, header);
        if (missing.needed.empty() && missing.optional.empty())
            whole.push_back(std::move(*profile));
        else if (missing.needed.empty() && tells_a_place(*profile, header))
            enough.push_back(std::move(*profile));
        else if (!missing.needed.empty() && nearly_fits(*profile, header))
            nearly += fmt::format("; {} would, but for {}", profile->name,
                                  lacking_text(missing.needed, *profile, header));
    }
    auto& fitting = whole.empty() ? enough : whole;
    if (fitting.size() == 1)
        return std::move(fitting.front());
    if (!fitting.empty()) {
        std::vector<std::string> several;
        for (auto const& profile : fitting)
            several.push_back(profile.name);
        return fail(ErrorCode::wrong_use,
                    fmt::format("{}: several column profiles fit its columns; name one of {}", file,
                                fmt::join(several, ", ")),
                    "profile-columns");
    }
    auto const shown = std::min<std::size_t>(header.size(), 30);
    return fail(
        ErrorCode::wrong_use,
        fmt::format("{}: no column profile fits its columns ({}{}){}; name one of {}, or a file ending in "
                    ".toml (docs/column-profiles.md tells how to write one)",
                    file,
                    fmt::join(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                    shown < header.size() ? ", …" : "", nearly, fmt::join(names, ", ")),
        "profile-columns");
}

}  // namespace riskbild::importers
