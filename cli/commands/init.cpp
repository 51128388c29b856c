#include "cli/commands/init.hpp"

#include <fmt/format.h>

#include "cli/commands/import.hpp"
#include "geo_core/store/store.hpp"
#include "importers/areas/area_file.hpp"

namespace riskbild::cli {

Result<void> Init::operator()(Output& output) const
{
    auto const loaded = named_profile(profile);
    if (!loaded)
        return Failure(loaded.error());
    auto own = areas.empty() ? Result<importers::OwnAreas>{}
                             : importers::own_areas_from(areas, *loaded, area_options);
    if (!own)
        return Failure(own.error());
    auto const created =
        areas.empty() ? create_store(store, *loaded) : create_store(store, *loaded, own->areas);
    if (!created)
        return Failure(created.error());
    auto const revision = (*created)->revision();
    if (!revision)
        return Failure(revision.error());
    server::JsonText json;
    json.object([&] {
        json.field("store", store.string());
        json.field("profile", loaded->name);
        json.field("revision", revision->value());
        json.array("notes", [&] {
            for (auto const& note : own->notes)
                json.value(note);
        });
    });
    auto text = fmt::format("created {} for {}\n", store.string(), loaded->title_en);
    for (auto const& note : own->notes)
        text += fmt::format("note: {}\n", one_line(note));
    return output.answer(text, json);
}

}  // namespace riskbild::cli
