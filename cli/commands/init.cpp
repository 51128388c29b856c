#include "cli/commands/init.hpp"

#include <fmt/format.h>

#include "cli/commands/import.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::cli {

Result<void> Init::operator()(Output& output) const
{
    auto const loaded = named_profile(profile);
    if (!loaded)
        return Failure(loaded.error());
    auto const created = create_store(store, *loaded);
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
    });
    return output.answer(fmt::format("created {} for {}\n", store.string(), loaded->title_en), json);
}

}  // namespace riskbild::cli
