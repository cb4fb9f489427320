using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Speech;

/// <summary>The program that splits sound of all formats, where it is installed. It is given a list of arguments, and never a line for a shell.</summary>
internal static class Ffmpeg
{
    private const string List = "parts.csv";

    /// <summary>Splits a file without encoding it anew.</summary>
    /// <param name="sound">The file.</param>
    /// <param name="minutes">How many minutes a part has at most, give or take what cannot be cut.</param>
    /// <param name="folder">Where the parts go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The parts in their order.</returns>
    /// <exception cref="ChatServiceException">It is not installed, or cannot split the file.</exception>
    public static async Task<IReadOnlyList<SoundFile>> SplitAsync(SoundFile sound, double minutes, string folder, CancellationToken cancellationToken)
    {
        string program = Find() ?? throw Failures.Invalid(
            "-SplitMinute needs ffmpeg to split files that are no WAV files, and there is none on the PATH.", "Install ffmpeg, or convert the file to WAV, which is split without it.");
        string error = await RunAsync(
            program,
            [
                "-nostdin", "-hide_banner", "-loglevel", "error", "-i", "file:" + sound.Path, "-map", "0:a:0", "-c", "copy", "-f", "segment",
                "-segment_time", (minutes * 60).ToString(CultureInfo.InvariantCulture), "-reset_timestamps", "1",
                "-segment_list", List, "-segment_list_type", "csv", "part%05d" + Path.GetExtension(sound.FileName),
            ],
            folder,
            cancellationToken);
        IReadOnlyList<SoundFile> parts = File.Exists(Path.Combine(folder, List)) ? [.. Read(Path.Combine(folder, List), folder)] : [];
        return parts.Count > 0 ? parts : throw Failures.Invalid(
            $"-SplitMinute: ffmpeg cannot split '{sound.Path}': {Printable.Line(error, 300)}", "Convert the file to WAV, which is split without ffmpeg.");
    }

    private static IEnumerable<SoundFile> Read(string list, string folder)
    {
        foreach (string line in File.ReadAllLines(list))
        {
            string[] fields = line.Split(',');
            if (fields.Length == 3 && double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double start) && double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double end))
            {
                yield return SoundFile.Temporary(Path.Combine(folder, Path.GetFileName(fields[0])), TimeSpan.FromSeconds(Math.Max(0, start)), TimeSpan.FromSeconds(Math.Max(0, end - start)));
            }
        }
    }

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program) { WorkingDirectory = folder, UseShellExecute = false, CreateNoWindow = true, RedirectStandardError = true, RedirectStandardOutput = true };
#if NET8_0_OR_GREATER
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
#else
        // There a quote cannot be part of a path, and none of these ends with a backslash.
        start.Arguments = string.Join(" ", arguments.Select(argument => $"\"{argument}\""));
#endif
        try
        {
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration stop = cancellationToken.Register(() => Kill(process));
            Task<string> output = Task.Run(process.StandardOutput.ReadToEnd, CancellationToken.None);
            string error = await Task.Run(process.StandardError.ReadToEnd, CancellationToken.None);
            await output;
            process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            return process.ExitCode == 0 || error.Length > 0 ? error : $"it ended with {process.ExitCode}";
        }
        catch (Win32Exception exception)
        {
            throw Failures.Invalid($"-SplitMinute: '{program}' cannot be started: {exception.Message}", "Repair ffmpeg, or convert the file to WAV, which is split without it.", exception);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    // Only there: a program in the current folder is not meant.
    private static string? Find()
    {
        string name = Path.DirectorySeparatorChar == '\\' ? "ffmpeg.exe" : "ffmpeg";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
