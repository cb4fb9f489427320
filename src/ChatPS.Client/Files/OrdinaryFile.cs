using ChatPS.Client.Faults;

namespace ChatPS.Client.Files;

/// <summary>Tells ordinary files from pipes and devices. Opening those would wait for whoever writes to them, and reading them might never end.</summary>
internal static class OrdinaryFile
{
    /// <summary>Finds a path that is there and leads to something else than a file, before it is opened.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="parameter">The parameter that it came from, for the error.</param>
    /// <exception cref="ChatServiceException">It leads to a pipe or a device.</exception>
    public static void Require(string path, string parameter)
    {
        if (!Is(path))
        {
            throw Failures.Invalid($"{parameter}: '{path}' is no ordinary file.", "Pipes and devices are not read. Save to a file what comes from there, and give its path.");
        }
    }

    /// <summary>Finds out that there is a file at a path.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="parameter">The parameter that it came from, for the error; null where none names it.</param>
    /// <exception cref="ChatServiceException">There is nothing, or a folder.</exception>
    public static void RequireThere(string path, string? parameter)
    {
        string lead = parameter is null ? "" : parameter + ": ";
        if (Directory.Exists(path))
        {
            throw Failures.Invalid($"{lead}'{path}' is a folder and no file.", $"Name the files in it: '{Path.Combine(path, "*")}' stands for all.");
        }

        if (!File.Exists(path))
        {
            throw Failures.Invalid($"{(parameter is null ? "There" : lead + "there")} is no file '{path}'.", "Check the path.");
        }
    }

    /// <summary>Finds the same where no parameter names the file. What is not there yet is all right.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="IOException">It leads to a pipe or a device.</exception>
    public static void RequireIfThere(string path)
    {
        if (File.Exists(path) && !Is(path))
        {
            throw new IOException($"'{path}' is no ordinary file.");
        }
    }

    private static bool Is(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            return FileOwner.IsOrdinaryFile(path);
        }

#endif
        return !path.StartsWith(@"\\.\", StringComparison.Ordinal);
    }
}
