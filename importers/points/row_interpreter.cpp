#include "importers/points/row_interpreter.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"
#include "importers/coordinate.hpp"
#include "importers/kind_confidence.hpp"
#include "importers/observed.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

using Fields = std::span<std::string_view const>;

std::string_view field(Fields fields, std::optional<std::size_t> column)
{
    return column ? trimmed(fields[*column]) : std::string_view{};
}

std::string joined(Fields fields, std::vector<std::size_t> const& columns)
{
    std::string all;
    for (auto const column : columns) {
        auto const part = trimmed(fields[column]);
        if (part.empty())
            continue;
        if (!all.empty())
            all += ", ";
        all += part;
    }
    return all;
}

// Fillers such as `saknas`, `-` and `0` would make one incident of all the rows that have them.
std::string_view case_number_in(std::string_view text)
{
    return text.find_first_of("123456789") == std::string_view::npos ? std::string_view{} : text;
}

// A part of an id of several columns: without the bar that stands between them.
std::string escaped(std::string_view part)
{
    std::string safe;
    for (char const c : part) {
        if (c == '|' || c == '\\')
            safe += '\\';
        safe += c;
    }
    return safe;
}

std::string_view words_for(TimeStyle style)
{
    switch (style) {
        case TimeStyle::month_first:
            return "month, day, year";
        case TimeStyle::day_first:
            return "day, month, year";
        case TimeStyle::iso:
            break;
    }
    return "year, month, day";
}

std::string lacking_kinds(ColumnProfile const& profile, KindTree const& kinds)
{
    std::string lacking;
    auto const check = [&](std::string const& code) {
        if (!code.empty() && !kinds.by_code(code))
            lacking += (lacking.empty() ? "" : ", ") + code;
    };
    check(profile.kind_fixed);
    for (auto const& [value, code] : profile.kind_of_value)
        check(code);
    if (profile.kind_list)
        for (auto const& code : profile.kind_list->kinds())
            check(code);
    return lacking;
}

}  // namespace

Result<RowInterpreter> RowInterpreter::make(ColumnProfile const& profile,
                                            std::vector<std::string> const& header, County const& county,
                                            std::string const& file)
{
    if (auto const kinds = lacking_kinds(profile, county.kinds); !kinds.empty())
        return fail(ErrorCode::wrong_use,
                    fmt::format("column profile {}: the store has no kinds {}", profile.name, kinds),
                    "profile-columns");
    auto const index = [&](std::string const& column) -> Column {
        auto const found = std::find(header.begin(), header.end(), column);
        return found == header.end() ? Column{} : Column{static_cast<std::size_t>(found - header.begin())};
    };
    auto missing = missing_columns(profile, header);
    if (!missing.needed.empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: lacks {}, which the column profile {} needs; it has {}", file,
                                lacking_text(missing.needed, profile, header), profile.name,
                                shortened(fmt::format("{}", fmt::join(header, ", ")))),
                    "profile-columns");

    RowInterpreter made{profile, county};
    auto const one = [&](std::string const& column) { return column.empty() ? Column{} : index(column); };
    auto const several = [&](std::vector<std::string> const& columns) {
        std::vector<std::size_t> indices;
        for (auto const& column : columns)
            if (auto const found = index(column))
                indices.push_back(*found);
        return indices;
    };
    made.from_ = one(profile.from);
    made.to_ = one(profile.to);
    made.hour_ = one(profile.hour);
    made.clock_ = one(profile.clock);
    made.observed_ = one(profile.observed);
    made.first_ = one(profile.first_of_position());
    made.second_ = one(profile.second_of_position());
    made.precision_ = one(profile.precision_column);
    made.area_ = one(profile.area);
    if (made.area_) {
        auto kommuner = KommunNames::of(county);
        if (!kommuner)
            return Failure{kommuner.error()};
        made.kommuner_ = *std::move(kommuner);
    }
    made.address_ = one(profile.address);
    made.stop_ = one(profile.stop);
    made.street_ = one(profile.street);
    made.locality_ = one(profile.locality);
    made.kind_ = one(profile.kind_column);
    made.link_ = one(profile.link);
    made.case_number_ = one(profile.case_number);
    made.context_ = one(profile.context_column);
    made.id_ = several(profile.id);
    made.title_ = several(profile.title);
    made.text_ = several(profile.text);
    made.place_text_ = several(profile.place_text);
    made.columns_left_out_ = std::move(missing.optional);

    auto sorted = header;
    std::sort(sorted.begin(), sorted.end());
    for (auto const& column : sorted) {
        std::string opening{made.payload_columns_.empty() ? '{' : ','};
        append_json_string(column, opening);
        made.payload_columns_.push_back({column, opening + ':', *index(column)});
    }
    return made;
}

std::optional<TimeInterval> RowInterpreter::occurred(Fields fields) const
{
    auto const when = interval_of(written_time(fields));
    return when ? std::optional{*when} : std::nullopt;
}

RowInterpreter::WrittenTime RowInterpreter::written_time(Fields fields) const
{
    return {.from = field(fields, from_),
            .to = field(fields, to_),
            .hour = field(fields, hour_),
            .clock = clock_ ? std::optional{field(fields, clock_)} : std::nullopt};
}

tl::expected<TimeInterval, TimeFault> RowInterpreter::interval_of(WrittenTime const& written) const
{
    auto const& zone = county_->profile.zone;
    if (profile_->fixed)
        return TimeInterval{zone.instant(profile_->fixed->from), zone.instant(profile_->fixed->to)};
    return read_interval(written.from, written.to, written.hour, profile_->style, profile_->resolution, zone,
                         written.clock);
}

RowProblem RowInterpreter::bad_time(WrittenTime const& written, TimeFault fault) const
{
    auto const example = example_of(profile_->style);
    auto const no_time = [&](std::string_view text) {
        for (auto const other : {TimeStyle::iso, TimeStyle::day_first, TimeStyle::month_first})
            if (other != profile_->style &&
                read_interval(text, {}, {}, other, profile_->resolution, county_->profile.zone))
                return fmt::format("\"{}\" is written as {}, expected such as {}", shortened(text),
                                   words_for(other), example);
        return fmt::format("\"{}\" is no time; expected such as {}", shortened(text), example);
    };
    auto const clock = written.clock.value_or(std::string_view{});
    switch (fault) {
        case TimeFault::hour:
            return {profile_->hour, "bad_time",
                    fmt::format("the hour is \"{}\", expected 0 to 23", shortened(written.hour))};
        case TimeFault::clock:
            return {profile_->clock, "bad_time",
                    fmt::format("\"{}\" is no time of day; expected such as 14:05", shortened(clock))};
        case TimeFault::two_times:
            return {profile_->clock, "bad_time",
                    fmt::format("both columns tell a time: {} is \"{}\" and {} is \"{}\", expected a date "
                                "alone in the first",
                                profile_->from, shortened(written.from), profile_->clock, shortened(clock))};
        case TimeFault::to:
            return {profile_->to, "bad_time", no_time(written.to)};
        case TimeFault::order:
            return {
                profile_->to, "bad_time",
                fmt::format("ends \"{}\", before it begins (\"{}\")", shortened(written.to),
                            shortened(fmt::format("{}{}{}", written.from, clock.empty() ? "" : " ", clock)))};
        case TimeFault::from:
            break;
    }
    if (!profile_->tells_time())
        return {"", "bad_time", "the column profile does not say when it happened"};
    if (written.from.empty())
        return {profile_->from, "bad_time", "the time is empty"};
    if (clock.empty())
        return {profile_->from, "bad_time", no_time(written.from)};
    return {profile_->from, "bad_time",
            fmt::format("\"{}\" is no date; expected such as {}", shortened(written.from),
                        example.substr(0, example.find(' ')))};
}

std::string RowInterpreter::payload(RecordTable const& table) const
{
    if (!table.extra_fields().empty())
        return payload_with_extra_fields(table);
    auto const fields = table.fields();
    std::string json;
    for (auto const& column : payload_columns_) {
        json += column.opening;
        append_json_string(fields[column.index], json);
    }
    json += '}';
    return json;
}

std::string RowInterpreter::payload_with_extra_fields(RecordTable const& table) const
{
    std::map<std::string_view, std::string_view> all;
    for (auto const& column : payload_columns_)
        all.emplace(column.name, table.fields()[column.index]);
    for (auto const& extra : table.extra_fields())
        all.emplace(extra.column, extra.text);
    std::string json;
    for (auto const& [column, text] : all) {
        json += json.empty() ? '{' : ',';
        append_json_string(column, json);
        json += ':';
        append_json_string(text, json);
    }
    json += '}';
    return json;
}

void RowInterpreter::read_kind(Fields fields, Report& report)
{
    if (!kind_) {
        report.kind_code = profile_->kind_fixed;
        report.kind_rule = "the list is of one kind";
        report.kind_confidence = kByTypeConfidence;
        return;
    }
    auto const value = field(fields, kind_);
    auto const tell = [&](std::string code, int confidence, std::string_view by) {
        report.kind_code = std::move(code);
        report.kind_confidence = confidence;
        report.kind_rule = fmt::format("{} {}", by, shortened(value));
    };
    if (profile_->kind_is_code && county_->kinds.by_code(value)) {
        report.kind_code = std::string{value};
        return;
    }
    if (profile_->kind_list) {
        auto const day = date::floor<date::days>(county_->profile.zone.local(report.occurred.from));
        if (auto code = profile_->kind_list->kind(value, day))
            return tell(std::move(*code), kByCodeConfidence,
                        fmt::format("code of {}:", profile_->kind_list->title()));
    }
    if (auto const found = profile_->kind_of_value.find(lower_case(value));
        found != profile_->kind_of_value.end())
        return tell(found->second, kByTypeConfidence, fmt::format("{}:", profile_->kind_column));
    constexpr std::size_t kListed = 30;  // a wrong column must not become a list of a million values
    auto name = shortened(value);
    if (unknown_kinds_.size() >= kListed && !unknown_kinds_.contains(name))
        name = "… and others";
    ++unknown_kinds_[std::move(name)];
    auto const is_out_of_date = profile_->kind_list && profile_->kind_list->knows(value);
    tell("unknown", kUnknownConfidence,
         is_out_of_date ? "not valid in that year:" : fmt::format("{}:", profile_->kind_column));
}

std::string RowInterpreter::identity(Fields fields, std::string const& payload)
{
    std::string id;
    for (auto const column : id_) {
        if (!id.empty())
            id += '|';
        auto const part = trimmed(fields[column]);
        id += id_.size() == 1 ? std::string{part} : escaped(part);
    }
    if (!id.empty())
        return id;
    auto const hash = row_hash(payload);
    return fmt::format("row:{}:{}", hash.text(), ++alike_[hash]);
}

std::optional<RowProblem> RowInterpreter::read_place(RecordTable const& table, InterpretedRow& row) const
{
    auto const fields = table.fields();
    auto const& areas = county_->areas;
    row.words = words_of(fields);
    row.precision = profile_->precision;
    auto const written = field(fields, precision_);
    if (!written.empty()) {
        row.precision = parse_precision(written);
        if (!row.precision)
            return RowProblem{
                profile_->precision_column, "bad_precision",
                fmt::format("precision is \"{}\", expected exact, address, street, locality, kommun or lan",
                            shortened(written))};
    }

    auto area = kNoArea;
    auto const area_text = field(fields, area_);
    auto const is_whole_county = lower_case(area_text) == lower_case(county_->profile.county_name);
    if (!area_text.empty() && !is_whole_county) {
        area = areas.by_name(area_text);
        if (area == kNoArea)
            area = areas.by_code(area_text);
        // The position of another kommun's row tells that it is outside.
        auto const has_position = !field(fields, first_).empty() || !field(fields, second_).empty();
        auto const is_elsewhere = [&] {
            return has_position && kommuner_->read(area_text).which == KommunNames::Which::elsewhere;
        };
        if (area == kNoArea && !is_elsewhere())
            return RowProblem{profile_->area, "unknown_place",
                              fmt::format("\"{}\" is none of the county's areas", shortened(area_text))};
    }
    row.report.place = AreaPlace{.precision = Precision::lan, .area = kNoArea};
    if (area != kNoArea && row.precision != Precision::lan)
        row.report.place = AreaPlace{
            .precision = row.precision == Precision::locality ? Precision::locality : Precision::kommun,
            .area = area};

    auto const first = field(fields, first_);
    auto const second = field(fields, second_);
    if (first.empty() && second.empty()) {
        auto const known_to_county = profile_->whole_county_without_position || is_whole_county ||
                                     (!written.empty() && row.precision == Precision::lan);
        row.needs_words = area == kNoArea && !known_to_county;
        if (row.needs_words && row.words.empty())
            return RowProblem{profile_->first_of_position(), "no_position",
                              "has neither a position nor an area"};
        return std::nullopt;
    }
    return read_position(table, row);
}

WrittenPlace RowInterpreter::words_of(Fields fields) const
{
    return {.address = std::string{field(fields, address_)},
            .stop = std::string{field(fields, stop_)},
            .street = std::string{field(fields, street_)},
            .locality = std::string{field(fields, locality_)},
            .area = std::string{field(fields, area_)}};
}

std::optional<RowProblem> RowInterpreter::read_position(RecordTable const& table, InterpretedRow& row) const
{
    auto const first = field(table.fields(), first_);
    auto const second = field(table.fields(), second_);
    auto east = profile_->geometry ? std::nullopt : parse_coordinate(first);
    auto north = profile_->geometry ? std::nullopt : parse_coordinate(second);
    if (profile_->geometry) {
        auto const point = table.point();
        if (!point)
            return RowProblem{profile_->first_of_position(), "bad_position",
                              fmt::format("the geometry is {}, expected a point", shortened(first))};
        east = point->east;
        north = point->north;
    }
    if (!east || !north)
        return RowProblem{east ? profile_->second_of_position() : profile_->first_of_position(),
                          "bad_position",
                          fmt::format("the position is \"{}\", \"{}\", expected two numbers",
                                      shortened(first), shortened(second))};
    if (profile_->swap)
        std::swap(east, north);
    row.written = MapPoint{.east = *east, .north = *north};
    return std::nullopt;
}

std::optional<RowProblem> RowInterpreter::read_times(Fields fields, std::optional<Instant> override_observed,
                                                     Instant observed, Instant now, Report& report) const
{
    auto const written = written_time(fields);
    auto const when = interval_of(written);
    if (!when)
        return bad_time(written, when.error());
    auto const text = override_observed ? std::string_view{} : field(fields, observed_);
    auto observed_at = override_observed.value_or(observed);
    if (!text.empty()) {
        auto const said =
            read_interval(text, {}, {}, profile_->style, TimeResolution::minute, county_->profile.zone);
        if (!said)
            return RowProblem{profile_->observed, "bad_time",
                              fmt::format("the time of observation is \"{}\"; expected such as {}",
                                          shortened(text), example_of(profile_->style))};
        observed_at = said->from;
    }
    if (auto wrong = implausible_time(*when, observed_at, now)) {
        using Which = ImplausibleTime::Which;
        auto const& column = wrong->which == Which::from ? profile_->from
                             : wrong->which == Which::to ? profile_->to
                             : text.empty()              ? std::string{}
                                                         : profile_->observed;
        return RowProblem{column, "bad_time", std::move(wrong->message)};
    }
    report.occurred = *when;
    report.observed_at = observed_at;
    return std::nullopt;
}

tl::expected<InterpretedRow, RowProblem> RowInterpreter::read(RecordTable const& table,
                                                              std::optional<Instant> override_observed,
                                                              Instant observed, Instant now)
{
    auto const fields = table.fields();
    InterpretedRow row;
    auto& report = row.report;
    report.payload = payload(table);
    auto wrong = read_times(fields, override_observed, observed, now, report);
    if (!wrong)
        wrong = read_place(table, row);
    if (wrong) {
        wrong->payload = std::move(report.payload);
        return tl::unexpected{std::move(*wrong)};
    }
    report.key = {.source = profile_->source.name, .source_id = identity(fields, report.payload)};
    if (context_ && std::find(profile_->context_values.begin(), profile_->context_values.end(),
                              lower_case(field(fields, context_))) != profile_->context_values.end())
        report.role = ReportRole::context;
    read_kind(fields, report);
    report.place_text = joined(fields, place_text_);
    report.title = joined(fields, title_);
    report.text = joined(fields, text_);
    auto const link = field(fields, link_);
    if (link.starts_with("https://") || link.starts_with("http://"))
        report.link = link;
    report.case_number = case_number_in(field(fields, case_number_));
    return row;
}

}  // namespace riskbild::importers
