#include "importers/set_aside_desk.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "geo_core/suggestions.hpp"
#include "importers/points/column_profile.hpp"
#include "importers/points/points_importer.hpp"
#include "importers/police/police_importer.hpp"
#include "importers/readers/byte_source.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/received_row.hpp"
#include "importers/reading_recipe.hpp"

namespace riskbild::importers {
namespace {

using Fields = ReceivedRow::Fields;
using Values = std::vector<std::pair<std::string, std::string>>;

std::string text_of(JsonValue const& value)
{
    if (value.type == JsonValue::Type::null)
        return {};
    return value.type == JsonValue::Type::array || value.type == JsonValue::Type::object
               ? canonical_json(value)
               : value.text;
}

// `location.gps` is a field of its own, as a person would name it.
void flatten(JsonValue const& value, std::string const& name, Fields& fields)
{
    if (value.type != JsonValue::Type::object || value.members.empty()) {
        fields.emplace_back(name, text_of(value));
        return;
    }
    for (auto const& [inner, member] : value.members)
        flatten(member, name.empty() ? inner : fmt::format("{}.{}", name, inner), fields);
}

// The fields of a record that could not be taken apart have no names: they get those of the heading.
Fields fields_in_order(JsonValue const& list, std::vector<std::string> const& heading)
{
    Fields fields;
    for (std::size_t i = 0; i < list.items.size(); ++i)
        fields.emplace_back(i < heading.size() ? heading[i] : fmt::format("column_{}", i + 1),
                            text_of(list.items[i]));
    for (auto i = list.items.size(); i < heading.size(); ++i)
        fields.emplace_back(heading[i], "");
    return fields;
}

Fields fields_of(std::string const& payload, std::vector<std::string> const& heading)
{
    auto const parsed = parse_json(payload);
    if (!parsed)
        return {{"row", payload}};
    if (parsed->type == JsonValue::Type::array)
        return fields_in_order(*parsed, heading);
    Fields fields;
    flatten(*parsed, "", fields);
    auto const place = [&](std::pair<std::string, std::string> const& field) {
        return std::find(heading.begin(), heading.end(), field.first) - heading.begin();
    };
    std::stable_sort(fields.begin(), fields.end(),
                     [&](auto const& a, auto const& b) { return place(a) < place(b); });
    return fields;
}

bool is_broken(std::string const& payload)
{
    return payload.starts_with('[');
}

struct Read {
    ReadingRecipe recipe;
    std::string why_not;
};

Read recipe_of(SetAsideEntry const& entry)
{
    if (entry.recipe.empty())
        return {{}, "how its file was read is not known; import the file again, and it will be"};
    auto recipe = parse_recipe(entry.recipe);
    if (!recipe)
        return {{}, recipe.error().message};
    if (recipe->importer != "points" && recipe->importer != "police")
        return {*recipe, fmt::format("rows of {} are corrected where they come from", recipe->importer)};
    return {*std::move(recipe), {}};
}

DeskRow shown(SetAsideEntry entry)
{
    auto const [recipe, why_not] = recipe_of(entry);
    DeskRow row{.entry = std::move(entry), .columns = {}, .read_by = recipe.importer, .why_not = why_not};
    if (!recipe.profile.empty())
        row.read_by += fmt::format(", column profile {}", recipe.profile);
    for (auto& [name, text] : fields_of(row.entry.row.payload, recipe.columns))
        row.columns.push_back({std::move(name), std::move(text)});
    if (row.entry.correction)
        for (auto const& [name, text] : row.entry.correction->values) {
            auto const column = std::ranges::find(row.columns, name, &DeskColumn::name);
            if (column != row.columns.end())
                column->corrected = text;
            else
                row.columns.push_back({name, {}, text});
        }
    return row;
}

Fields corrected_fields(DeskRow const& row)
{
    Fields fields;
    for (auto const& column : row.columns)
        fields.emplace_back(column.name, column.corrected.value_or(column.received));
    return fields;
}

// As the value was written: a number stays one where the new text is one too.
void set_member(JsonValue& value, std::string_view path, std::string const& text)
{
    auto const dot = path.find('.');
    auto const exact = std::ranges::find(value.members, path, &JsonMember::name);
    auto const member = exact != value.members.end()
                            ? exact
                            : std::ranges::find(value.members, path.substr(0, dot), &JsonMember::name);
    if (member == value.members.end())
        return;
    if (exact == value.members.end() && dot != std::string_view::npos)
        return set_member(member->value, path.substr(dot + 1), text);
    auto const number = parse_json(text);
    auto const stays_number =
        member->value.type == JsonValue::Type::number && number && number->type == JsonValue::Type::number;
    member->value = stays_number ? *number : JsonValue{.type = JsonValue::Type::string, .text = text};
}

std::string flat_json(Fields fields)
{
    std::ranges::sort(fields);
    std::string json;
    for (auto const& [name, text] : fields) {
        json += json.empty() ? '{' : ',';
        append_json_string(name, json);
        json += ':';
        append_json_string(text, json);
    }
    return json.empty() ? "{}" : json + '}';
}

// The row with its corrections, in the form of the row as received.
std::string corrected_payload(DeskRow const& row, std::string const& importer)
{
    auto parsed = parse_json(row.entry.row.payload);
    if (importer != "police" || !parsed)
        return flat_json(corrected_fields(row));
    for (auto const& column : row.columns)
        if (column.corrected)
            set_member(*parsed, column.name, *column.corrected);
    return canonical_json(*parsed);
}

/// Between the importer of one row and the session that all rows of a file share.
class RowSession : public ImportSession {
public:
    struct Outcome {
        std::optional<SetAside> set_aside;
        std::optional<Settlement> taken;
    };

    RowSession(ImportSession& session, SetAsideEntry const& entry, Outcome& outcome)
        : session_(session), entry_(entry), outcome_(outcome)
    {
    }

    Result<Taken> take(Report const& report) override
    {
        auto const standing = session_.standing(report.key, report.payload);
        if (!standing)
            return Failure{standing.error()};
        if (*standing == Standing::says_otherwise && entry_.row.reason == "duplicate_id")
            return Taken::duplicate_id;
        auto taken = session_.take_from_desk(report);
        if (taken && *taken != Taken::duplicate_id)
            outcome_.taken = Settlement{.what = Settlement::What::taken,
                                        .report = report.key,
                                        .payload = report.payload,
                                        .seen = report.observed_at};
        return taken;
    }

    Result<Taken> take_from_desk(Report const& report) override { return take(report); }

    Result<void> set_aside(SetAside const& row) override
    {
        outcome_.set_aside = row;
        return {};
    }

    Result<void> read_by(std::string) override { return {}; }
    [[nodiscard]] std::uint64_t settled_before() const override { return 0; }
    Result<Standing> standing(ReportKey const& key, std::string const& payload) override
    {
        return session_.standing(key, payload);
    }
    Result<void> settle(std::int64_t row, Settlement const& settlement) override
    {
        return session_.settle(row, settlement);
    }
    Result<std::optional<SameRows>> same_rows(std::uint64_t) override { return std::nullopt; }
    Result<void> note(ImportReport const&, std::uint64_t) override { return {}; }
    Result<Revision> commit() override { return Revision{}; }  // the rows of a file are committed together

private:
    ImportSession& session_;
    SetAsideEntry const& entry_;
    Outcome& outcome_;
};

/// Reads rows of one file again.
class Reader {
public:
    static Result<Reader> make(ReadingRecipe recipe)
    {
        Reader reader;
        reader.recipe_ = std::move(recipe);
        if (reader.recipe_.importer == "police") {
            auto types = PoliceTypes::load();
            if (!types)
                return Failure{types.error()};
            reader.types_ = *std::move(types);
            return reader;
        }
        auto profile = parse_column_profile(reader.recipe_.profile_toml, reader.recipe_.profile);
        if (!profile)
            return Failure{profile.error()};
        profile->swap = reader.recipe_.swap;
        reader.profile_ = *std::move(profile);
        return reader;
    }

    [[nodiscard]] Source source() const
    {
        return profile_ ? profile_->source : police_source(recipe_.made_up);
    }

    /// A correction may tell of something newer than all else in its file, from which it was taken when the
    /// file was written: then it is the newest itself.
    Result<Settlement> read(Store& store, ImportSession& session, DeskRow const& row, Instant now) const
    {
        auto settlement = read_as_observed(store, session, row, recipe_.observed_else, now);
        bool const is_too_new = settlement && settlement->reason == "bad_time" && row.entry.correction;
        return is_too_new && profile_ ? read_as_observed(store, session, row, std::nullopt, now) : settlement;
    }

private:
    Result<Settlement> read_as_observed(Store& store, ImportSession& session, DeskRow const& row,
                                        std::optional<Instant> observed_else, Instant now) const
    {
        RowSession::Outcome outcome;
        BeginImport const begin = [&](Source const&, std::string const&) {
            return Result<std::unique_ptr<ImportSession>>(
                std::make_unique<RowSession>(session, row.entry, outcome));
        };
        auto const report = profile_ ? read_points(store, row, begin, observed_else, now)
                                     : read_police(store, row, begin, now);
        if (!report && report.error().code == ErrorCode::unreadable)
            return Settlement{.what = Settlement::What::set_aside,
                              .reason = "bad_record",
                              .message = report.error().message};
        if (!report)
            return Failure{report.error()};
        if (outcome.set_aside)
            return Settlement{.what = Settlement::What::set_aside,
                              .reason = outcome.set_aside->reason,
                              .column = outcome.set_aside->column,
                              .message = outcome.set_aside->message};
        return outcome.taken.value_or(Settlement{.what = Settlement::What::outside});
    }

    Result<ImportReport> read_points(Store& store, DeskRow const& row, BeginImport const& begin,
                                     std::optional<Instant> observed_else, Instant now) const
    {
        // Of a record that could not be taken apart, what no column is for is gone when it is corrected.
        auto fields = corrected_fields(row);
        if (is_broken(row.entry.row.payload) && row.entry.correction)
            std::erase_if(fields, [&](auto const& field) {
                return std::ranges::find(recipe_.columns, field.first) == recipe_.columns.end();
            });
        if (is_broken(row.entry.row.payload) && !row.entry.correction)
            return fail(ErrorCode::unreadable, row.entry.row.message);
        auto const open = [&](CsvOptions const&) -> Result<std::unique_ptr<RecordTable>> {
            return std::make_unique<ReceivedRow>(recipe_.columns, fields, recipe_.point_epsg);
        };
        return import_points_of_table(store, row.entry.row.file, open,
                                      {.columns = profile_,
                                       .observed = recipe_.observed,
                                       .now = now,
                                       .observed_else = observed_else,
                                       .begin = begin});
    }

    Result<ImportReport> read_police(Store& store, DeskRow const& row, BeginImport const& begin,
                                     Instant now) const
    {
        auto source =
            ByteSource::from_memory(row.entry.row.file, '[' + corrected_payload(row, recipe_.importer) + ']');
        return import_police(
            store, source, *types_,
            {.made_up = recipe_.made_up, .observed = recipe_.observed, .now = now, .begin = begin});
    }

    ReadingRecipe recipe_;
    std::optional<ColumnProfile> profile_;
    std::optional<PoliceTypes> types_;
};

Result<void> check_open(DeskRow const& row)
{
    if (row.entry.state != SetAsideState::open)
        return fail(ErrorCode::wrong_use,
                    fmt::format("row {} is {} already; undo that first", row.entry.id,
                                row.entry.state == SetAsideState::taken ? "taken in" : "dropped"));
    if (!row.why_not.empty())
        return fail(ErrorCode::wrong_use, fmt::format("row {}: {}", row.entry.id, row.why_not));
    return {};
}

void count(RetryReport& report, std::int64_t id, Settlement settlement)
{
    report.taken += settlement.what == Settlement::What::taken ? 1 : 0;
    report.outside += settlement.what == Settlement::What::outside ? 1 : 0;
    report.set_aside += settlement.what == Settlement::What::set_aside ? 1 : 0;
    report.rows.push_back({id, std::move(settlement)});
}

using Decided = std::set<std::pair<std::string, std::string>>;  ///< source and row as received

/// Of rows that wait for one decision those behind the first that is decided are left.
Result<void> take_in_file(Store& store, std::vector<DeskRow> const& rows, std::string const& by, Instant now,
                          Decided& decided, RetryReport& report)
{
    auto const reader = Reader::make(recipe_of(rows.front().entry).recipe);
    if (!reader)
        return Failure{reader.error()};
    auto const session = store.begin_import(reader->source(), rows.front().entry.row.file);
    if (!session)
        return Failure{session.error()};
    for (auto const& row : rows) {
        auto const decision = std::pair{row.entry.row.source, row.entry.row.payload};
        if (decided.contains(decision))
            continue;
        auto settlement = reader->read(store, **session, row, now);
        if (!settlement)
            return Failure{settlement.error()};
        settlement->by = by;
        settlement->at = now;
        if (auto const settled = (*session)->settle(row.entry.id, *settlement); !settled)
            return settled;
        if (settlement->what != Settlement::What::set_aside)
            decided.insert(decision);
        count(report, row.entry.id, *std::move(settlement));
    }
    auto const revision = (*session)->commit();
    if (!revision)
        return Failure{revision.error()};
    report.revision = *revision;
    return {};
}

}  // namespace

std::string why_not_again(SetAsideEntry const& entry)
{
    return recipe_of(entry).why_not;
}

Result<DeskRow> desk_row(Store& store, std::int64_t id)
{
    auto entry = store.set_aside_entry(id);
    return entry ? Result<DeskRow>(shown(*std::move(entry))) : Failure{entry.error()};
}

Result<DeskRow> correct_row(Store& store, std::int64_t id, Values const& values, std::string const& by,
                            Instant at)
{
    auto row = desk_row(store, id);
    if (!row)
        return row;
    if (auto const open = check_open(*row); !open)
        return Failure{open.error()};
    std::vector<std::string> names;
    for (auto const& column : row->columns)
        names.push_back(column.name);
    for (auto const& [name, text] : values) {
        auto const column = std::ranges::find(row->columns, name, &DeskColumn::name);
        if (column == row->columns.end())
            return fail(ErrorCode::wrong_use, there_is_no("column", name, names), name);
        if (!is_utf8(text))
            return fail(ErrorCode::wrong_use, fmt::format("the new value of {} is not UTF-8", name), name);
        column->corrected = text == column->received ? std::nullopt : std::optional(text);
    }
    Correction correction{.values = {}, .payload = {}, .by = by, .at = at};
    for (auto const& column : row->columns)
        if (column.corrected)
            correction.values.emplace_back(column.name, *column.corrected);
    if (correction.values.empty())
        return fail(ErrorCode::wrong_use, fmt::format("row {} would be as it was received", id));
    correction.payload = corrected_payload(*row, recipe_of(row->entry).recipe.importer);
    if (auto const kept = store.correct_set_aside(id, correction); !kept)
        return Failure{kept.error()};
    return desk_row(store, id);
}

Result<RetryReport> take_in_again(Store& store, std::span<std::int64_t const> ids, std::string const& by,
                                  Instant now)
{
    std::map<std::tuple<std::string, std::string>, std::vector<DeskRow>> files;  // by file and recipe
    for (auto const id : std::set(ids.begin(), ids.end())) {
        auto row = desk_row(store, id);
        if (!row)
            return Failure{row.error()};
        if (auto const open = check_open(*row); !open)
            return Failure{open.error()};
        auto& rows = files[{row->entry.row.file, row->entry.recipe}];
        rows.push_back(*std::move(row));
    }
    RetryReport report;
    Decided decided;
    for (auto const& [file, rows] : files)
        if (auto const taken = take_in_file(store, rows, by, now, decided, report); !taken)
            return Failure{taken.error()};
    return report;
}

}  // namespace riskbild::importers
