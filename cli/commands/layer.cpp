#include "cli/commands/layer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/export.hpp"
#include "cli/new_file.hpp"
#include "cli/printed_tables.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/suggestions.hpp"
#include "layers/registry.hpp"
#include "server/endpoints/api_json.hpp"

namespace riskbild::cli {
namespace {

/// Rows of a table that the terminal gets; a file gets all.
constexpr std::size_t kMostPrinted = 40;
constexpr std::size_t kMostInJson = 10'000;

Result<layers::Layer const*> described(std::string const& name)
{
    if (auto const* const layer = layers::find_layer(name))
        return layer;
    std::vector<std::string> names;
    for (auto const& layer : layers::all_layers())
        names.push_back(layer.description.name);
    return fail(ErrorCode::wrong_use, there_is_no("layer", name, names), "layer");
}

Result<layers::Options> options_of(std::vector<std::string> const& pairs)
{
    layers::Options options;
    for (auto const& pair : pairs) {
        auto const equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::wrong_use, fmt::format("--option is \"{}\", expected key=value", pair),
                        "option");
        auto const key = pair.substr(0, equals);
        if (!options.emplace(key, pair.substr(equals + 1)).second)
            return fail(ErrorCode::wrong_use, fmt::format("the option {} is given twice", key), key);
    }
    return options;
}

std::string text_of(layers::LayerInfo const& info)
{
    auto text =
        fmt::format("{}, {}, n {}, left out {}", info.layer, info.unit, info.n, info.left_out.total());
    auto separator = " (";
    for (std::size_t i = 0; i < kLeftOutReasons; ++i) {
        auto const reason = static_cast<LeftOutReason>(i);
        if (info.left_out[reason] == 0)
            continue;
        text += fmt::format("{}{} {}", separator, info.left_out[reason], name_of(reason));
        separator = ", ";
    }
    text += info.left_out.total() > 0 ? ")\n" : "\n";
    if (info.period)
        text += fmt::format("period {}..{}\n", to_text(info.period->from), to_text(info.period->to));
    std::vector<std::string> parameters;
    for (auto const& [key, value] : info.parameters)
        parameters.push_back(fmt::format("{}={}", key, value));
    if (info.seed)
        parameters.push_back(fmt::format("seed={}", *info.seed));
    if (!parameters.empty())
        text += fmt::format("options {}\n", fmt::join(parameters, ", "));
    for (auto const& note : info.notes)
        text += fmt::format("note: {}\n", note.en);
    return text;
}

/// What was written where: `bytes` in `file`; without a file the answer itself is what is told.
struct Written {
    std::filesystem::path file;
    std::uint64_t bytes = 0;
};

server::JsonText json_of(layers::LayerResult const& result, std::optional<Written> const& written,
                         Crs const& crs)
{
    auto const& info = result.info;
    server::JsonText json;
    json.object([&] {
        json.field("layer", info.layer);
        if (written) {
            json.field("file", written->file.string());
            json.field("bytes", written->bytes);
        }
        json.field("unit", info.unit);
        json.field("n", info.n);
        json.field("left_out", info.left_out.total());
        json.object("reasons", [&] {
            for (std::size_t i = 0; i < kLeftOutReasons; ++i) {
                auto const reason = static_cast<LeftOutReason>(i);
                if (info.left_out[reason] > 0)
                    json.field(name_of(reason), info.left_out[reason]);
            }
        });
        server::write_basis(json, info);
        server::write_facts(json, result.facts);
        if (!written)
            server::write_tables(json, result.tables, crs, kMostInJson);
    });
    return json;
}

std::string nothing_matches(View const& view)
{
    auto const extent = view.extent();
    if (!extent)
        return "the store holds no incidents";
    return fmt::format("no incident matches the filter; there are incidents from {} up to {}",
                       to_text(extent->from), to_text(extent->to));
}

/// What is asked, understood.
struct LayerWish {
    layers::Layer const* layer = nullptr;
    Role role = Role::analyst;
    Filter filter;
    layers::Options options;
};

Result<LayerWish> wish_of(Layer const& command)
{
    auto const layer = described(command.name);
    if (!layer)
        return Failure(layer.error());
    auto const role = parse_role(command.as);
    if (!role)
        return Failure(role.error());
    auto filter = parse_filter(command.filter);
    if (!filter)
        return Failure(filter.error());
    auto const given = options_of(command.options);
    if (!given)
        return Failure(given.error());
    auto options = (*layer)->complete(*given);
    if (!options)
        return Failure(options.error());
    return LayerWish{*layer, *role, *std::move(filter), *std::move(options)};
}

/// What is known to be in vain before anything is computed.
Result<void> check_target(Layer const& command, layers::LayerDescription const& layer)
{
    ExportWish const wish{command.out, command.table, command.force};
    if (command.out.empty())
        return check_table(layer, command.table);
    if (auto const good = check_wish(layer, wish); !good)
        return good;
    for (auto const& file : files_of_export(command.out)) {
        if (auto const spared = check_is_not_store(file, command.store); !spared)
            return spared;
        if (auto const target =
                NewFile::at(file, command.force ? NewFile::Existing::replace : NewFile::Existing::keep);
            !target)
            return Failure(target.error());
    }
    return {};
}

}  // namespace

Result<void> Layer::operator()(Output& output) const
{
    auto const wish = wish_of(*this);
    if (!wish)
        return Failure(wish.error());
    if (auto const good = check_target(*this, wish->layer->description); !good)
        return good;
    auto const opened = open_store(store, Store::Access::read_only);
    if (!opened)
        return Failure(opened.error());
    auto const snapshot = (*opened)->snapshot();
    if (!snapshot)
        return Failure(snapshot.error());
    auto const view = View(*snapshot, wish->role);
    Progress const progress = [&](double done) {
        output.progress(fmt::format("{}: {:.0f} %", name, 100.0 * done));
        return true;
    };
    auto result = wish->layer->run({view, wish->filter, wish->options, progress});
    if (!result)
        return Failure(result.error());
    output.end_progress();
    if (view.policy().single_incidents && result->info.n + result->info.left_out.total() == 0)
        result->info.notes.push_back({{}, nothing_matches(view)});
    if (out.empty())
        return output.answer(text_of(result->info) + printed(*result, table, kMostPrinted),
                             json_of(*result, std::nullopt, view.county().profile.crs));
    auto const bytes = write_layer(*result, view, **opened, {out, table, force});
    if (!bytes)
        return Failure(bytes.error());
    return output.answer(fmt::format("wrote {} ({} bytes): ", out.string(), *bytes) + text_of(result->info),
                         json_of(*result, Written{out, *bytes}, view.county().profile.crs));
}

}  // namespace riskbild::cli
