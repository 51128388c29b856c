#include "server/endpoints/suggestion_json.hpp"

namespace riskbild::server {

void write_findings(JsonText& json, importers::ProfileSuggestion const& made)
{
    json.array("columns", [&] {
        for (auto const& column : made.columns)
            json.value(column);
    });
    json.array("guesses", [&] {
        for (auto const& guess : made.guesses)
            json.object([&] {
                json.field("key", guess.key);
                json.field("value", guess.value);
                json.field("confidence", importers::name_of(guess.confidence));
                json.field("reason", guess.reason);
            });
    });
    json.array("questions", [&] {
        for (auto const& question : made.questions)
            json.value(question);
    });
    json.array("preview", [&] {
        for (auto const& row : made.preview)
            json.object([&] {
                json.field("row", row.row);
                json.field("when", row.when);
                json.field("where", row.where);
                json.field("kind", row.kind);
                json.field("title", row.title);
                json.field("set_aside", row.set_aside);
            });
    });
}

}  // namespace riskbild::server
