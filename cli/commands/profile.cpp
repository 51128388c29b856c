#include "cli/commands/profile.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "cli/new_file.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/read_file.hpp"
#include "importers/points/column_profile.hpp"
#include "importers/points/profile_suggestion.hpp"
#include "importers/readers/ogr_table.hpp"
#include "server/endpoints/suggestion_json.hpp"
#include "server/json_text.hpp"

namespace riskbild::cli {
namespace {

using importers::ProfileSuggestion;

Result<ProfileSuggestion> suggestion_for(SuggestProfile const& wanted)
{
    auto const county = importers::county_of_profile(wanted.profile);
    if (!county)
        return Failure(county.error());
    importers::SuggestOptions const options{
        .layer = wanted.layer,
        .now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
    if (importers::is_database(wanted.file))
        return importers::suggest_profile_of_database(wanted.file, *county, options);
    auto source = importers::ByteSource::open(wanted.file);
    if (!source)
        return Failure(source.error());
    return importers::suggest_profile(*source, *county, options);
}

std::string guesses_text(ProfileSuggestion const& made)
{
    std::string text;
    for (auto const& guess : made.guesses)
        text += fmt::format("  {:<8} {} = {}: {}\n", name_of(guess.confidence), guess.key,
                            one_line(guess.value), one_line(guess.reason));
    if (!made.kinds.empty())
        text += "Kinds:\n";
    constexpr std::size_t kMostKindsShown = 30;
    for (std::size_t i = 0; i < std::min(kMostKindsShown, made.kinds.size()); ++i) {
        auto const& kind = made.kinds[i];
        text += fmt::format("  {:<8} {} → {}, {} rows: {}\n", name_of(kind.confidence), one_line(kind.value),
                            kind.code.empty() ? "unknown" : kind.code, kind.rows, one_line(kind.reason));
    }
    if (made.kinds.size() > kMostKindsShown)
        text += fmt::format("  … and {} more\n", made.kinds.size() - kMostKindsShown);
    return text;
}

std::string preview_text(ProfileSuggestion const& made)
{
    std::string text = "As it would be read:\n";
    for (auto const& row : made.preview)
        text += row.set_aside.empty()
                    ? fmt::format("  row {}: {} | {} | {} | {}\n", row.row, row.when, one_line(row.where),
                                  row.kind, one_line(row.title))
                    : fmt::format("  row {}: set aside, {}\n", row.row, one_line(row.set_aside));
    text += fmt::format("Of {} rows looked at {} can be used{}\n", made.rows_looked_at, made.usable_rows,
                        made.set_aside.empty() ? "" : "; set aside:");
    for (auto const& [reason, rows] : made.set_aside)
        text += fmt::format("  {} {}\n", rows, reason);
    return text;
}

/// What to type next; what only a person knows comes before it.
std::string next_step(ProfileSuggestion const& made, SuggestProfile const& wanted)
{
    auto const choices =
        (wanted.layer.empty() ? "" : " --layer " + in_a_shell(wanted.layer)) +
        (wanted.profile == SuggestProfile{}.profile ? "" : " --profile " + in_a_shell(wanted.profile));
    if (made.source != "points")
        return fmt::format("The column profile is in {}; or riskbild import {} {}{}{} --store county.gpkg\n",
                           wanted.out.string(), made.source, in_a_shell(wanted.file),
                           made.source == "areas" ? " --set NAME" : "", choices);
    auto const import = fmt::format("riskbild import points {} --profile-columns {}{} --store county.gpkg",
                                    in_a_shell(wanted.file), in_a_shell(wanted.out.string()), choices);
    return fmt::format("The column profile is in {}; {}{}\n", wanted.out.string(),
                       made.profile.tells_time() ? "" : "fill in its [time], then ", import);
}

std::string text_of(ProfileSuggestion const& made, SuggestProfile const& wanted)
{
    auto text = fmt::format("{}: {}; looked at {} of {}{} rows\n", one_line(made.file), made.form,
                            made.rows_looked_at, made.rows_gone_through, made.is_whole ? "" : " and more");
    text += guesses_text(made);
    for (auto const& question : made.questions)
        text += fmt::format("? {}\n", one_line(question));
    text += preview_text(made);
    return text + (wanted.out.empty() ? "\n" + made.toml : next_step(made, wanted));
}

server::JsonText json_of(ProfileSuggestion const& made)
{
    server::JsonText json;
    json.object([&] {
        json.field("file", made.file);
        json.field("source", made.source);
        json.field("form", made.form);
        server::write_findings(json, made);
        json.field("rows_looked_at", made.rows_looked_at);
        json.field("rows_gone_through", made.rows_gone_through);
        json.field("is_whole", made.is_whole);
        json.array("kinds", [&] {
            for (auto const& kind : made.kinds)
                json.object([&] {
                    json.field("value", kind.value);
                    json.field("rows", kind.rows);
                    json.field("code", kind.code);
                    json.field("confidence", name_of(kind.confidence));
                    json.field("reason", kind.reason);
                });
        });
        json.field("usable_rows", made.usable_rows);
        json.object("set_aside", [&] {
            for (auto const& [reason, rows] : made.set_aside)
                json.field(reason, rows);
        });
        json.field("toml", made.toml);
    });
    return json;
}

Result<void> write_profile(SuggestProfile const& wanted, std::string const& toml)
{
    if (wanted.out.extension() != ".toml")
        return fail(ErrorCode::wrong_use,
                    fmt::format("--out is {}, expected a name that ends in .toml", wanted.out.string()),
                    "out");
    auto file = NewFile::at(wanted.out, wanted.force ? NewFile::Existing::replace : NewFile::Existing::keep);
    if (!file)
        return Failure(file.error());
    FileWriter writer(file->temporary());
    writer.write(toml);
    if (auto written = writer.finish(); !written)
        return written;
    if (auto const size = file->finish(); !size)
        return Failure(size.error());
    return {};
}

}  // namespace

Result<void> SuggestProfile::operator()(Output& output) const
{
    auto const made = suggestion_for(*this);
    if (!made)
        return Failure(made.error());
    if (!out.empty())
        if (auto written = write_profile(*this, made->toml); !written)
            return written;
    return output.answer(text_of(*made, *this), json_of(*made));
}

Result<void> ListProfiles::operator()(Output& output) const
{
    std::string text;
    server::JsonText json;
    std::vector<importers::ColumnProfile> profiles;
    for (auto const& name : importers::column_profile_names()) {
        auto profile = importers::load_column_profile(name);
        if (!profile)
            return Failure(profile.error());
        text += fmt::format("{:<24} {}{}\n", profile->name, profile->source.title,
                            profile->by_name_only ? " (by name only)" : "");
        profiles.push_back(*std::move(profile));
    }
    json.object([&] {
        json.array("profiles", [&] {
            for (auto const& profile : profiles)
                json.object([&] {
                    json.field("name", profile.name);
                    json.field("source", profile.source.name);
                    json.field("title", profile.source.title);
                    json.field("by_name_only", profile.by_name_only);
                });
        });
    });
    return output.answer(text, json);
}

Result<void> ShowProfile::operator()(Output& output) const
{
    auto const profile = importers::load_column_profile(name);
    if (!profile)
        return Failure(profile.error());
    auto const path = name.ends_with(".toml") ? std::filesystem::path(name)
                                              : data_directory() / "profiles" / "columns" / (name + ".toml");
    auto const toml = read_file(path);
    if (!toml)
        return fail(ErrorCode::unreadable, fmt::format("{} cannot be read", path.string()));
    server::JsonText json;
    json.object([&] {
        json.field("name", profile->name);
        json.field("toml", *toml);
    });
    return output.answer(*toml, json);
}

}  // namespace riskbild::cli
