#include "layers/layer_catalogue.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "layers/layer_info.hpp"

namespace riskbild::layers {
namespace {

std::vector<std::string> const kRules = {"auto", "scott", "nrd", "likelihood"};

std::vector<LayerDescription> describe_layers()
{
    std::vector<LayerDescription> layers;
    layers.push_back(
        {.name = "density",
         .title_sv = "Täthet",
         .title_en = "Density",
         .about_sv = "Var det händer mest: utjämnat antal händelser per km², bara händelser med känd plats.",
         .about_en = "Where most happens: incidents per km², smoothed, only incidents whose place is known.",
         .shape = LayerShape::surface,
         .unit = "incidents per km²",
         .options = {{.key = "cell",
                      .default_value = "auto",
                      .words = {"auto"},
                      .number = true,
                      .low = kSmallestCell.value(),
                      .high = kLargestCell.value(),
                      .unit = "m",
                      .sv = "Rutans sida; auto är 250 m eller mindre vid liten radie.",
                      .en = "Side of a cell; auto is 250 m, or less with a small radius."},
                     {.key = "edge",
                      .default_value = "none",
                      .words = {"none", "uniform", "diggle"},
                      .sv = "Rättning vid länsgränsen, där täthet annars blir för låg.",
                      .en = "Correction at the county's border, where density is otherwise too low."},
                     {.key = "kernel",
                      .default_value = "quartic",
                      .words = {"quartic", "epanechnikov", "triangular", "uniform", "gaussian"},
                      .sv = "Kärnans form.",
                      .en = "Shape of the kernel."},
                     {.key = "radius",
                      .default_value = "1000",
                      .words = kRules,
                      .number = true,
                      .low = kSmallestRadius.value(),
                      .high = kLargestRadius.value(),
                      .unit = "m",
                      .sv = "Hur långt en händelse räknas, eller en regel som väljer det.",
                      .en = "How far an incident counts, or a rule that chooses it."},
                     {.key = "sigma",
                      .default_value = "350",
                      .words = kRules,
                      .number = true,
                      .low = kSmallestRadius.value(),
                      .high = kLargestRadius.value(),
                      .unit = "m",
                      .sv = "Standardavvikelse; bara för kernel=gaussian, i stället för radius.",
                      .en = "Standard deviation; only with kernel=gaussian, instead of radius."}}});
    layers.push_back(
        {.name = "repeat_locations",
         .title_sv = "Upprepade platser",
         .title_en = "Repeat locations",
         .about_sv = "Platser som drabbas flera gånger, mest drabbade först.",
         .about_en = "Places that are hit more than once, most hit first.",
         .shape = LayerShape::places,
         .unit = "incidents per place",
         .options = {
             {.key = "min_count",
              .default_value = "2",
              .number = true,
              .whole = true,
              .low = 1,
              .high = 100'000,
              .sv = "Minsta antal händelser för att en plats ska listas.",
              .en = "Fewest incidents for a place to be listed."},
             {.key = "places",
              .default_value = "unknown",
              .words = {"unknown"},
              .number = true,
              .whole = true,
              .low = 1,
              .high = static_cast<double>(kMostPlaces),
              .sv = "Antal platser där något kunde ha hänt, till exempel adresser i länet.",
              .en = "Number of places where something could have happened, such as addresses of the county."},
             {.key = "tolerance",
              .default_value = "25",
              .number = true,
              .low = 0,
              .high = kLargestTolerance.value(),
              .unit = "m",
              .sv = "Koordinater så nära platsens vanligaste räknas som samma plats.",
              .en = "Coordinates this near a place's most frequent one are the same place."}}});
    layers.push_back(
        {.name = "rates",
         .title_sv = "Händelser per invånare",
         .title_en = "Rates",
         .about_sv = "Antal händelser i varje kommun, och per invånare med osäkerhet.",
         .about_en = "Incidents in each kommun, and per inhabitant with uncertainty.",
         .shape = LayerShape::areas,
         .unit = "incidents per 1000 inhabitants over the period",
         .options = {{.key = "per",
                      .default_value = "1000",
                      .number = true,
                      .whole = true,
                      .low = 1,
                      .high = static_cast<double>(kLargestPer),
                      .sv = "Så många invånare räknas per.",
                      .en = "Per so many inhabitants."},
                     {.key = "smoothing",
                      .default_value = "none",
                      .words = {"none", "global", "neighbours"},
                      .sv = "Jämna även ut små kommuners tal mot medelvärdet (empirisk Bayes).",
                      .en = "Also draw the rates of small areas towards the mean (empirical Bayes)."},
                     {.key = "yearly",
                      .default_value = "no",
                      .words = {"no", "yes"},
                      .sv = "Per år i stället för hela perioden.",
                      .en = "Per year instead of over the whole period."}}});
    return layers;
}

std::optional<double> parse_number(std::string_view text)
{
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

bool accepts(OptionDescription const& option, std::string_view text)
{
    if (std::find(option.words.begin(), option.words.end(), text) != option.words.end()) {
        return true;
    }
    auto const value = parse_number(text);
    return option.number && value && *value >= option.low && *value <= option.high &&
           (!option.whole || std::floor(*value) == *value);
}

/// The value of a completed option: every key is there.
std::string const& text_of(Options const& options, std::string_view key)
{
    return options.find(key)->second;
}

RadiusRule rule_of(std::string_view text)
{
    for (auto const rule :
         {RadiusRule::automatic, RadiusRule::scott, RadiusRule::nrd, RadiusRule::likelihood}) {
        if (name_of(rule) == text) {
            return rule;
        }
    }
    return RadiusRule::given;
}

template <class Wanted>
Result<LayerResult> as_layer_result(Result<Wanted> result)
{
    if (!result) {
        return Failure{std::move(result.error())};
    }
    return LayerResult{std::move(*result)};
}

Failure no_such_layer(std::string_view name)
{
    std::vector<std::string> names;
    for (auto const& layer : layer_catalogue()) {
        names.push_back(layer.name);
    }
    return fail(
        ErrorCode::not_found,
        fmt::format("there is no layer \"{}\"; there are {}", name.substr(0, 80), fmt::join(names, ", ")),
        "layer");
}

}  // namespace

std::string OptionDescription::allowed() const
{
    std::vector<std::string> parts;
    if (number) {
        parts.push_back(fmt::format("{}{:.15g} to {:.15g}{}{}", whole ? "a whole number from " : "", low,
                                    high, unit.empty() ? "" : " ", unit));
    }
    parts.insert(parts.end(), words.begin(), words.end());
    auto const last = parts.back();
    parts.pop_back();
    return parts.empty() ? last : fmt::format("{} or {}", fmt::join(parts, ", "), last);
}

std::span<LayerDescription const> layer_catalogue()
{
    static auto const layers = describe_layers();
    return layers;
}

LayerDescription const* find_layer(std::string_view name)
{
    auto const layers = layer_catalogue();
    auto const found =
        std::find_if(layers.begin(), layers.end(), [&](auto const& layer) { return layer.name == name; });
    return found == layers.end() ? nullptr : &*found;
}

LayerInfo const& info_of(LayerResult const& result)
{
    return std::visit([](auto const& r) -> LayerInfo const& { return r.info; }, result);
}

Result<Options> complete_options(std::string_view name, Options const& options)
{
    auto const* const layer = find_layer(name);
    if (layer == nullptr) {
        return no_such_layer(name);
    }
    Options complete;
    for (auto const& option : layer->options) {
        complete[option.key] = option.default_value;
    }
    for (auto const& [key, text] : options) {
        auto const option = std::ranges::find(layer->options, key, &OptionDescription::key);
        if (option == layer->options.end()) {
            std::vector<std::string> keys;
            for (auto const& known : layer->options) {
                keys.push_back(known.key);
            }
            return fail(ErrorCode::wrong_use,
                        fmt::format("{} has no option \"{}\"; it has {}", name, key.substr(0, 80),
                                    fmt::join(keys, ", ")),
                        key);
        }
        if (!accepts(*option, text)) {
            return fail(
                ErrorCode::wrong_use,
                fmt::format("{} is \"{}\", allowed is {}", key, text.substr(0, 80), option->allowed()), key);
        }
        auto const value = parse_number(text);
        complete[key] = value ? number_text(*value) : text;
    }
    // A kernel has one measure of its reach: the default of the other would contradict it.
    if (name == "density") {
        auto const* const other =
            text_of(complete, "kernel") == name_of(Kernel::gaussian) ? "radius" : "sigma";
        if (!options.contains(other)) {
            complete.erase(other);
        }
    }
    return complete;
}

Result<DensityOptions> density_options(Options const& given)
{
    auto const complete = complete_options("density", given);
    if (!complete) {
        return Failure{complete.error()};
    }
    DensityOptions options;
    options.kernel = parse_kernel(text_of(*complete, "kernel")).value_or(Kernel::quartic);
    bool const gaussian = options.kernel == Kernel::gaussian;
    if (given.contains(gaussian ? "radius" : "sigma")) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("the {} kernel has no {}; give {}", name_of(options.kernel),
                                gaussian ? "radius" : "sigma", gaussian ? "sigma" : "radius"),
                    gaussian ? "radius" : "sigma");
    }
    auto const& reach = text_of(*complete, gaussian ? "sigma" : "radius");
    if (auto const metres = parse_number(reach)) {
        (gaussian ? options.sigma : options.radius) = Metres{*metres};
    } else {
        options.rule = rule_of(reach);
    }
    if (auto const cell = parse_number(text_of(*complete, "cell"))) {
        options.cell = Metres{*cell};
    }
    for (auto const edge : {EdgeCorrection::none, EdgeCorrection::uniform, EdgeCorrection::diggle}) {
        if (name_of(edge) == text_of(*complete, "edge")) {
            options.edge = edge;
        }
    }
    return options;
}

Result<RepeatLocationOptions> repeat_location_options(Options const& given)
{
    auto const complete = complete_options("repeat_locations", given);
    if (!complete) {
        return Failure{complete.error()};
    }
    RepeatLocationOptions options;
    options.tolerance = Metres{parse_number(text_of(*complete, "tolerance")).value_or(0.0)};
    options.min_count =
        static_cast<std::uint32_t>(parse_number(text_of(*complete, "min_count")).value_or(2.0));
    if (auto const places = parse_number(text_of(*complete, "places"))) {
        options.places = static_cast<std::uint64_t>(*places);
    }
    return options;
}

Result<RateOptions> rate_options(Options const& given)
{
    auto const complete = complete_options("rates", given);
    if (!complete) {
        return Failure{complete.error()};
    }
    RateOptions options;
    options.per = static_cast<std::int64_t>(parse_number(text_of(*complete, "per")).value_or(1000.0));
    options.yearly = text_of(*complete, "yearly") == "yes";
    for (auto const smoothing : {Smoothing::none, Smoothing::global, Smoothing::neighbours}) {
        if (name_of(smoothing) == text_of(*complete, "smoothing")) {
            options.smoothing = smoothing;
        }
    }
    return options;
}

Result<LayerResult> run_layer(std::string_view name, View const& view, Filter const& filter,
                              Options const& options, Progress const& progress, std::optional<Lattice> window)
{
    if (name == "density") {
        auto const parsed = density_options(options);
        return parsed ? as_layer_result(density(view, filter, *parsed, window, progress))
                      : Result<LayerResult>{Failure{parsed.error()}};
    }
    if (name == "repeat_locations") {
        auto const parsed = repeat_location_options(options);
        return parsed ? as_layer_result(repeat_locations(view, filter, *parsed, progress))
                      : Result<LayerResult>{Failure{parsed.error()}};
    }
    if (name == "rates") {
        auto const parsed = rate_options(options);
        return parsed ? as_layer_result(rates(view, filter, *parsed))
                      : Result<LayerResult>{Failure{parsed.error()}};
    }
    return no_such_layer(name);
}

}  // namespace riskbild::layers
