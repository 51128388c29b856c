#include "cli/command_line/parts.hpp"

#include <charconv>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild::cli {

CLI::Option* add_store(CLI::App& command, std::filesystem::path& store)
{
    return command.add_option("--store", store, "The store: a GeoPackage file")
        ->type_name("FILE")
        ->required();
}

CLI::Validator between(std::int64_t least, std::int64_t most)
{
    auto const check = [least, most](std::string const& text) {
        std::int64_t number = 0;
        auto const* const end = text.data() + text.size();
        auto const [read_to, error] = std::from_chars(text.data(), end, number);
        auto const has_leading_zero = text.size() > 1 && text.front() == '0';  // CLI11 takes it for octal
        return error == std::errc{} && read_to == end && !has_leading_zero && number >= least &&
                       number <= most
                   ? std::string{}
                   : fmt::format("expected a whole number from {} to {}, not \"{}\"", least, most,
                                 shortened(text));
    };
    return {check, fmt::format("{}..{}", least, most)};
}

void add_area_fields(CLI::App& command, importers::PlaceOptions& options)
{
    command.add_option("--code-field", options.code_field,
                       "Field with the areas' codes; found by its name otherwise");
    command.add_option("--name-field", options.name_field, "Field with the areas' names");
    command
        .add_option_function<double>(
            "--generalised", [&options](double metres) { options.generalised = Metres{metres}; },
            "How far the borders may lie from the true ones, in metres; estimated otherwise")
        ->type_name("METRES")
        ->check(CLI::NonNegativeNumber);
}

}  // namespace riskbild::cli
