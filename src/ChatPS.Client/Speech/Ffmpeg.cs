using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Speech;

/// <summary>The program that splits sound of all formats, where it is installed. It is given a list of arguments, and never a line for a shell.</summary>
internal static class Ffmpeg
{
    private const string List = "parts.csv";
    private const string AsWave = "Convert the file to WAV, which is split without ffmpeg.";
    private const int MostWords = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        IReadOnlyList<SoundFile> parts;
        try
        {
            parts = File.Exists(Path.Combine(folder, List)) ? [.. Read(Path.Combine(folder, List), folder).Take(SoundCut.MostParts + 1)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"-SplitMinute: what ffmpeg made of '{sound.Path}' cannot be read: {exception.Message}", AsWave, exception);
        }

        if (parts.Count > SoundCut.MostParts)
        {
            throw SoundCut.TooMany(sound, minutes, parts.Count);
        }

        return parts.Count > 0 ? parts : throw Failures.Invalid(
            $"-SplitMinute: ffmpeg cannot split '{sound.Path}': {Printable.Line(error, 300)}", AsWave);
    }

    private static IEnumerable<SoundFile> Read(string list, string folder)
    {
        foreach (string line in TextFile.Read(list).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split(',');
            if (fields.Length != 3 || Time(fields[1]) is not { } start || Time(fields[2]) is not { } end || end < start || fields[0].IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            {
                throw Failures.Invalid($"-SplitMinute: ffmpeg tells no proper times of its parts: {Printable.Line(line, 100)}", AsWave);
            }

            yield return SoundFile.Temporary(Path.Combine(folder, fields[0]), start, end - start);
        }
    }

    // The first part can begin a little before the sound does.
    private static TimeSpan? Time(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? SoundTime.FromSeconds(seconds is > -1 and < 0 ? 0 : seconds) : null;

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
        using Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw Failures.Invalid($"-SplitMinute: '{program}' cannot be started: {exception.Message}", "Repair ffmpeg, or convert the file to WAV, which is split without it.", exception);
        }

        // What it started in its turn may hold the pipes open: what counts is that it has ended.
        Task<string> error = BeginningAsync(process.StandardError.BaseStream);
        Task output = BeginningAsync(process.StandardOutput.BaseStream);
        using (cancellationToken.Register(() => ended.TrySetResult(false)))
        {
            await ended.Task;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            Kill(process);
            throw new OperationCanceledException(cancellationToken);
        }

        await Task.WhenAny(Task.WhenAll(error, output), Task.Delay(Patience, cancellationToken));
        string said = error.Status == TaskStatus.RanToCompletion ? error.Result : "";
        return process.ExitCode == 0 || said.Length > 0 ? said : FormattableString.Invariant($"it ended with {process.ExitCode}");
    }

    // All of it is read, so that the program can go on, and little is kept.
    private static async Task<string> BeginningAsync(Stream stream)
    {
        byte[] kept = new byte[MostWords];
        byte[] buffer = new byte[MostWords];
        int count = 0;
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory()) is > 0 and var read)
            {
                int more = Math.Min(read, kept.Length - count);
                Array.Copy(buffer, 0, kept, count, more);
                count += more;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was ended.
        }

        return Encoding.UTF8.GetString(kept, 0, count);
    }

    private static void Kill(Process process)
    {
        try
        {
#if NET8_0_OR_GREATER
            process.Kill(entireProcessTree: true);
#else
            process.Kill();
#endif
            // Its folder is removed next.
            process.WaitForExit((int)Patience.TotalMilliseconds);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
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
