#include "cli/commands/layer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/export.hpp"
#include "cli/new_file.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/suggestions.hpp"
#include "layers/layer_catalogue.hpp"
#include "server/endpoints/api_json.hpp"

namespace riskbild::cli {
namespace {

Result<layers::LayerDescription const*> described(std::string const& name)
{
    if (auto const* const layer = layers::find_layer(name))
        return layer;
    std::vector<std::string> names;
    for (auto const& layer : layers::layer_catalogue())
        names.push_back(layer.name);
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

std::string text_of(layers::LayerInfo const& info, std::filesystem::path const& file, std::uint64_t bytes)
{
    auto text = fmt::format("wrote {} ({} bytes): {}, {}, n {}, left out {}", file.string(), bytes,
                            info.layer, info.unit, info.n, info.left_out.total());
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
    if (!parameters.empty())
        text += fmt::format("options {}\n", fmt::join(parameters, ", "));
    for (auto const& note : info.notes)
        text += fmt::format("note: {}\n", note);
    return text;
}

server::JsonText json_of(layers::LayerInfo const& info, std::filesystem::path const& file,
                         std::uint64_t bytes)
{
    server::JsonText json;
    json.object([&] {
        json.field("layer", info.layer);
        json.field("file", file.string());
        json.field("bytes", bytes);
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

}  // namespace

Result<void> Layer::operator()(Output& output) const
{
    auto const layer = described(name);
    if (!layer)
        return Failure(layer.error());
    if (auto const good = check_ending((*layer)->shape, out); !good)
        return good;
    auto const role = parse_role(as);
    if (!role)
        return Failure(role.error());
    auto const parsed = parse_filter(filter);
    if (!parsed)
        return Failure(parsed.error());
    auto const given = options_of(options);
    if (!given)
        return Failure(given.error());
    // Known to be in vain before anything is computed.
    for (auto const& file : files_of_export(out)) {
        if (auto const spared = check_is_not_store(file, store); !spared)
            return spared;
        if (auto const target =
                NewFile::at(file, force ? NewFile::Existing::replace : NewFile::Existing::keep);
            !target)
            return Failure(target.error());
    }

    auto const opened = open_store(store, Store::Access::read_only);
    if (!opened)
        return Failure(opened.error());
    auto const snapshot = (*opened)->snapshot();
    if (!snapshot)
        return Failure(snapshot.error());
    auto const view = View(*snapshot, *role);
    auto const result = layers::run_layer(name, view, *parsed, *given, [&](double done) {
        output.progress(fmt::format("{}: {:.0f} %", name, 100.0 * done));
        return true;
    });
    if (!result)
        return Failure(result.error());
    output.end_progress();
    auto const bytes = write_layer(*result, view, **opened, out, force);
    if (!bytes)
        return Failure(bytes.error());
    auto info = layers::info_of(*result);
    if (view.policy().single_incidents && info.n + info.left_out.total() == 0)
        info.notes.push_back(nothing_matches(view));
    return output.answer(text_of(info, out, *bytes), json_of(info, out, *bytes));
}

}  // namespace riskbild::cli
