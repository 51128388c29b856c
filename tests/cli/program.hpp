#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace riskbild::cli::testing {

/// What a finished program left.
struct Ran {
    int exit_code = -1;  ///< -1: ended by a signal
    std::string out;
    std::string err;
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

/// Runs a program and waits for it. \param out where standard output goes; empty: into `Ran::out`
Ran run_program(std::vector<std::string> const& arguments, std::filesystem::path const& out = {});

/// Runs the built `riskbild`.
Ran riskbild(std::vector<std::string> arguments, std::filesystem::path const& out = {});
[[nodiscard]] std::string program();

/// A folder of its own, gone with it.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    [[nodiscard]] std::string operator/(std::string const& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    /// \return the file's path
    std::string write(std::string const& name, std::string const& text) const;

private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(std::filesystem::path const& file);

/// A running `riskbild serve`; killed when forgotten.
class Serving {
public:
    explicit Serving(std::vector<std::string> const& arguments);
    ~Serving();
    Serving(Serving const&) = delete;
    Serving& operator=(Serving const&) = delete;
    /// From the object that it prints when it is ready; 0 when it never was.
    [[nodiscard]] int port() const { return port_; }
    void send(int signal) const;
    /// Waits for its end. \return its exit code, -1 when ended by a signal or too late
    int wait();

private:
    int process_ = -1;
    int port_ = 0;
};

}  // namespace riskbild::cli::testing
