#include "server/endpoints/imports.hpp"

#include <algorithm>
#include <charconv>

#include "importers/points/column_profile.hpp"
#include "server/endpoints/suggestion_json.hpp"
#include "server/json_body.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

using Step = ImportState::Step;

constexpr std::size_t kMostRowsShown = 50;
constexpr std::size_t kMostChanges = 500;
constexpr std::size_t kLongest = 300;
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestProfile = std::size_t{48} << 10;

std::string_view name_of(Step step)
{
    switch (step) {
        case Step::waiting:
            return "waiting";
        case Step::running:
            return "running";
        case Step::done:
            return "done";
        case Step::failed:
            return "failed";
        case Step::cancelled:
            break;
    }
    return "cancelled";
}

Result<std::int64_t> number_of(std::string const& id)
{
    std::int64_t number = 0;
    auto const* const end = id.data() + id.size();
    auto const [read_to, error] = std::from_chars(id.data(), end, number);
    if (error != std::errc{} || read_to != end)
        return fail(ErrorCode::not_found, "there is no such import; send the file again");
    return number;
}

void write_error(JsonText& json, char const* name, std::optional<Error> const& error)
{
    if (!error)
        return;
    json.object(name, [&] {
        json.field("code", riskbild::name_of(error->code));
        json.field("message", error->message);
        if (!error->field.empty())
            json.field("field", error->field);
    });
}

void write_suggestion(JsonText& json, importers::ProfileSuggestion const& made)
{
    json.field("form", made.form);
    json.field("title", made.profile.source.title);
    json.field("source", made.profile.source.name);
    json.field("rows_looked_at", made.rows_looked_at);
    json.field("usable_rows", made.usable_rows);
    write_findings(json, made);
    json.array("kinds", [&] {
        for (auto const& kind : made.kinds)
            json.object([&] {
                json.field("value", kind.value);
                json.field("rows", kind.rows);
                json.field("code", kind.code);
                json.field("reason", kind.reason);
            });
    });
}

void write_report(JsonText& json, ImportReport const& report)
{
    json.field("read", report.read);
    json.field("new", report.new_);
    json.field("revised", report.revised);
    json.field("unchanged", report.unchanged);
    json.field("outside", report.outside);
    json.field("set_aside", report.set_aside);
    json.field("source", report.source);
    json.array("reasons", [&] {
        for (auto const& count : report.reasons)
            json.object([&] {
                json.field("name", count.first);
                json.field("n", count.second);
            });
    });
    json.array("rows", [&] {
        for (std::size_t i = 0; i < std::min(kMostRowsShown, report.rows.size()); ++i)
            json.object([&, &row = report.rows[i]] {
                json.field("row", row.row);
                json.field("column", row.column);
                json.field("reason", row.reason);
                json.field("message", row.message);
            });
    });
    json.array("notes", [&] {
        for (auto const& note : report.notes)
            json.value(note);
    });
}

void write_profiles(JsonText& json)
{
    json.array("profiles", [&] {
        for (auto const& name : importers::column_profile_names())
            if (auto const profile = importers::load_column_profile(name))
                json.object([&] {
                    json.field("name", profile->name);
                    json.field("title", profile->source.title);
                });
    });
}

void write_import(JsonText& json, ImportState const& state)
{
    json.field("id", state.id);
    json.field("file", state.file);
    json.field("bytes", state.bytes);
    json.field("step", name_of(state.step));
    json.field("source", state.source);
    json.field("dry_run", state.dry_run);
    if (!state.layer.empty())
        json.field("layer", state.layer);
    write_profiles(json);
    if (state.suggestion)
        json.object("suggestion", [&] { write_suggestion(json, *state.suggestion); });
    write_error(json, "no_suggestion", state.no_suggestion);
    json.object("progress", [&] {
        json.field("rows", state.progress.rows);
        json.field("bytes", state.progress.bytes);
        json.field("total_bytes", state.progress.total_bytes);
    });
    if (state.report)
        json.object("report", [&] { write_report(json, *state.report); });
    write_error(json, "error", state.error);
}

Answer answer_of(Result<ImportState> const& state)
{
    if (!state)
        return error_answer(state.error());
    JsonText json;
    json.object([&] { write_import(json, *state); });
    return json_answer(std::move(json).text());
}

// A date alone means its beginning in UTC, as on the command line: it only has to put versions in order.
Result<std::optional<Instant>> observed_of(std::string const& text)
{
    if (text.empty())
        return std::optional<Instant>{};
    if (auto const instant = parse_instant(text))
        return instant;
    if (auto const day = parse_date(text))
        return std::optional(Instant(day->time_since_epoch()));
    return fail(ErrorCode::wrong_use, "observed is no date such as 2025-01-31", "observed");
}

Result<std::optional<importers::ColumnProfile>> own_profile(std::string const& toml)
{
    auto profile = importers::parse_column_profile(toml, "own");
    if (!profile)
        return fail(ErrorCode::wrong_use, profile.error().message, "profile_toml");
    profile->name = profile->source.name;
    return std::optional(*std::move(profile));
}

Result<ImportWish> wish_of(Request const& request)
{
    auto body = JsonBody::parse(request.body);
    if (!body)
        return Failure(body.error());
    ImportWish wish;
    Result<void> good;
    auto const take = [&good](auto result, auto& into) {
        if (!result && good)
            good = Failure(result.error());
        if (result)
            into = *std::move(result);
    };
    take(body->text("source", kLongest), wish.source);
    take(body->flag("dry_run", false), wish.dry_run);
    // What stores nothing needs nobody's name.
    take(wish.dry_run ? body->text_or_empty("by", kLongestName) : body->by(), wish.by);
    take(body->text_or_empty("profile", kLongest), wish.profile);
    take(body->table("changes", kMostChanges), wish.changes.keys);
    take(body->table("kinds", kMostChanges), wish.changes.kinds);
    take(body->text_or_empty("layer", kLongest), wish.layer);
    take(body->flag("swap_positions", false), wish.swap_positions);
    take(body->text_or_empty("set", kLongest), wish.places.set);
    take(body->text_or_empty("measure", kLongest), wish.places.measure);
    take(body->text_or_empty("about", kLongest), wish.places.about);
    take(body->text_or_empty("year", kLongest), wish.places.year);
    take(body->flag("replace", false), wish.places.replace);
    take(body->text_or_empty("source_name", kLongest), wish.places.source_name);
    std::string profile_toml, observed;
    take(body->text_or_empty("profile_toml", kLongestProfile), profile_toml);
    take(body->text_or_empty("observed", kLongest), observed);
    if (good)
        good = body->nothing_left();
    if (good)
        take(observed_of(observed), wish.observed);
    if (good && !profile_toml.empty())
        take(own_profile(profile_toml), wish.own_profile);
    if (!good)
        return Failure(good.error());
    // Only a name: a path would be a file of the server's.
    auto const names = importers::column_profile_names();
    if (!wish.profile.empty() && std::ranges::find(names, wish.profile) == names.end())
        return fail(ErrorCode::wrong_use, "profile is not the name of a built-in column profile", "profile");
    return wish;
}

}  // namespace

Answer ReceiveImportEndpoint::operator()(Request const& request) const
{
    if (!request.file)
        return error_answer(Error{ErrorCode::wrong_use, "no file was sent"});
    return answer_of(
        imports.receive(*request.file, std::string(request.query_value("name").value_or("")), county));
}

Answer LastImportEndpoint::operator()(Request const&) const
{
    auto const last = imports.last();
    JsonText json;
    json.object([&] {
        if (last)
            json.object("import", [&] { write_import(json, *last); });
    });
    return json_answer(std::move(json).text());
}

Answer ImportEndpoint::operator()(std::string const& id, Request const&) const
{
    auto const number = number_of(id);
    return answer_of(number ? imports.state(*number) : Result<ImportState>(Failure(number.error())));
}

Answer LookAtImportEndpoint::operator()(std::string const& id, Request const& request) const
{
    auto const number = number_of(id);
    if (!number)
        return error_answer(number.error());
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    auto layer = body->text_or_empty("layer", kLongest);
    auto kind_column = body->text_or_empty("kind_column", kLongest);
    if (!layer || !kind_column)
        return error_answer(layer ? kind_column.error() : layer.error());
    if (auto const asked = body->nothing_left(); !asked)
        return error_answer(asked.error());
    return answer_of(imports.look(*number, {*std::move(layer), *std::move(kind_column)}, county));
}

Answer ImportProfileEndpoint::operator()(std::string const& id, Request const& request) const
{
    auto const number = number_of(id);
    auto const state = number ? imports.state(*number) : Result<ImportState>(Failure(number.error()));
    if (!state)
        return error_answer(state.error());
    if (!state->suggestion)
        return error_answer(Error{ErrorCode::wrong_use, "no column profile is suggested for this file"});
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    auto keys = body->table("changes", kMostChanges);
    auto kinds = body->table("kinds", kMostChanges);
    if (!keys || !kinds)
        return error_answer(keys ? kinds.error() : keys.error());
    if (auto const asked = body->nothing_left(); !asked)
        return error_answer(asked.error());
    importers::ProfileChanges const changes{*std::move(keys), *std::move(kinds)};
    auto const& suggested = *state->suggestion;
    auto const profile = importers::with_changes(suggested.toml, suggested.profile.name, changes);
    if (!profile)
        return error_answer(profile.error());
    JsonText json;
    json.object([&] {
        json.field("name", profile->name);
        // As it was suggested it has the reasons as comments, which changes lose.
        json.field("toml", changes.keys.empty() && changes.kinds.empty() ? suggested.toml : profile->toml);
    });
    return json_answer(std::move(json).text());
}

Answer RunImportEndpoint::operator()(std::string const& id, Request const& request) const
{
    auto const number = number_of(id);
    if (!number)
        return error_answer(number.error());
    auto wish = wish_of(request);
    return wish ? answer_of(imports.run(*number, *std::move(wish))) : error_answer(wish.error());
}

Answer CancelImportEndpoint::operator()(std::string const& id, Request const& request) const
{
    auto const number = number_of(id);
    if (!number)
        return error_answer(number.error());
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    if (auto const by = body->text_or_empty("by", kLongestName); !by)
        return error_answer(by.error());
    if (auto const asked = body->nothing_left(); !asked)
        return error_answer(asked.error());
    return answer_of(imports.cancel(*number));
}

}  // namespace riskbild::server
