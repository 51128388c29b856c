#include "cli/commands/dump.hpp"

#include <cerrno>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "cli/new_file.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::cli {
namespace {

Result<void> dump_to(Store& store, std::ostream& stream, std::string const& name)
{
    errno = 0;
    auto const dumped = store.dump(stream);
    stream.flush();
    if (!stream)
        return Failure(writing_error(errno, fmt::format("cannot write all of the dump to {}", name)));
    return dumped;
}

Result<void> dump_to_standard_output(std::filesystem::path const& store)
{
    auto const opened = open_store(store, Store::Access::read_only);
    return opened ? dump_to(**opened, std::cout, "standard output") : Failure(opened.error());
}

}  // namespace

Result<void> Dump::operator()(Output& output) const
{
    if (output.is_json() && out.empty())
        return fail(ErrorCode::wrong_use, "dump --json needs --out FILE: the dump itself is text, not JSON",
                    "out");
    if (out.empty())
        return dump_to_standard_output(store);
    if (auto const spared = check_is_not_store(out, store); !spared)
        return spared;
    auto file = NewFile::at(out, force ? NewFile::Existing::replace : NewFile::Existing::keep);
    if (!file)
        return Failure(file.error());
    auto const opened = open_store(store, Store::Access::read_only);
    if (!opened)
        return Failure(opened.error());
    {
        std::ofstream stream(file->temporary(), std::ios::binary);
        if (auto const dumped = dump_to(**opened, stream, out.string()); !dumped)
            return dumped;
    }
    auto const bytes = file->finish();
    if (!bytes)
        return Failure(bytes.error());
    server::JsonText json;
    json.object([&] {
        json.field("file", out.string());
        json.field("bytes", *bytes);
    });
    return output.answer(fmt::format("wrote {} ({} bytes)\n", out.string(), *bytes), json);
}

}  // namespace riskbild::cli
