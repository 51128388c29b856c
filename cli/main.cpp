#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "cli/arguments.hpp"
#include "cli/output.hpp"

namespace {

using namespace riskbild;

Result<void> run(cli::Told const& told, cli::Output&)
{
    return cli::Output::write(told.text);
}

template <class Command>
Result<void> run(Command const& command, cli::Output& output)
{
    return command(output);
}

int run(cli::Arguments const& arguments)
{
    cli::Output output(arguments.json);
    auto const done = [&]() -> Result<void> {
        try {
            return std::visit([&](auto const& command) { return run(command, output); }, arguments.command);
        } catch (std::bad_alloc const&) {
            return fail(ErrorCode::too_large, "there is not enough memory for this");
        } catch (std::exception const& problem) {
            return fail(ErrorCode::internal,
                        fmt::format("something unforeseen went wrong: {}", problem.what()));
        }
    }();
    if (done)
        return 0;
    // Without a message the command has said everything in its answer.
    if (!done.error().message.empty())
        output.failure(done.error());
    return cli::exit_code_of(done.error().code);
}

}  // namespace

int main(int argc, char** argv)
{
    // A reader that goes away (`| head`) shall be an error of writing, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    auto const understood = cli::parse_arguments(argc, argv);
    if (auto const* const wrong = std::get_if<cli::NotUnderstood>(&understood)) {
        cli::Output(wrong->json).failure(wrong->error);
        return 2;
    }
    return run(std::get<cli::Arguments>(understood));
}
