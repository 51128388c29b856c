#include "tests/cli/program.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace riskbild::cli::testing {
namespace {

using namespace std::chrono_literals;

struct Pipe {
    Pipe()
    {
        if (::pipe(ends) != 0)
            throw std::runtime_error("no pipe");
    }
    int ends[2] = {-1, -1};
};

int start(std::vector<std::string> const& arguments, int out, int err)
{
    std::vector<char*> argv;
    for (auto const& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    auto const process = ::fork();
    if (process != 0)
        return process;
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    auto const nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    for (auto descriptor = 3; descriptor < 64; ++descriptor)
        ::close(descriptor);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
}

int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::string program()
{
    return RISKBILD_PROGRAM;
}

Ran run_program(std::vector<std::string> const& arguments, std::filesystem::path const& out)
{
    Pipe stdout_pipe, stderr_pipe;
    auto const file = out.empty() ? -1 : ::open(out.c_str(), O_WRONLY | O_CREAT, 0600);
    auto const process = start(arguments, out.empty() ? stdout_pipe.ends[1] : file, stderr_pipe.ends[1]);
    ::close(stdout_pipe.ends[1]);
    ::close(stderr_pipe.ends[1]);
    if (file >= 0)
        ::close(file);
    Ran ran;
    pollfd waits[2] = {{stdout_pipe.ends[0], POLLIN, 0}, {stderr_pipe.ends[0], POLLIN, 0}};
    std::string* const texts[2] = {&ran.out, &ran.err};
    for (auto open = 2; open > 0;) {
        ::poll(waits, 2, -1);
        for (auto i = 0; i < 2; ++i) {
            if (waits[i].fd < 0 || waits[i].revents == 0)
                continue;
            char chunk[65536];
            auto const size = ::read(waits[i].fd, chunk, sizeof chunk);
            if (size > 0) {
                texts[i]->append(chunk, static_cast<std::size_t>(size));
            } else {
                ::close(waits[i].fd);
                waits[i].fd = -1;
                --open;
            }
        }
    }
    auto status = 0;
    ::waitpid(process, &status, 0);
    ran.exit_code = exit_code(status);
    return ran;
}

Ran riskbild(std::vector<std::string> arguments, std::filesystem::path const& out)
{
    arguments.insert(arguments.begin(), program());
    return run_program(arguments, out);
}

Folder::Folder()
{
    auto name = (std::filesystem::temp_directory_path() / "riskbild-cli-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("cannot make a folder for the test");
    path_ = name;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(std::string const& name, std::string const& text) const
{
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
}

std::string read_file(std::filesystem::path const& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

Serving::Serving(std::vector<std::string> const& arguments)
{
    auto all = arguments;
    all.insert(all.begin(), {program(), "serve"});
    all.insert(all.end(), {"--json", "--port", "0"});
    Pipe said;
    auto const nothing = ::open("/dev/null", O_WRONLY);
    process_ = start(all, said.ends[1], nothing);
    ::close(nothing);
    ::close(said.ends[1]);
    std::string line;
    char c = 0;
    while (line.find('\n') == std::string::npos && ::read(said.ends[0], &c, 1) == 1)
        line += c;
    ::close(said.ends[0]);
    port_ = nlohmann::json::parse(line, nullptr, false).value("port", 0);
}

Serving::~Serving()
{
    if (process_ < 0)
        return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

void Serving::send(int signal) const
{
    ::kill(process_, signal);
}

int Serving::wait()
{
    auto const until = std::chrono::steady_clock::now() + 30s;
    auto status = 0;
    while (::waitpid(process_, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > until)
            return -1;
        std::this_thread::sleep_for(10ms);
    }
    process_ = -1;
    return exit_code(status);
}

}  // namespace riskbild::cli::testing
