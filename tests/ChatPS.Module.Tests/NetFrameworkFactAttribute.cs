namespace ChatPS.Module.Tests;

/// <summary>A test that needs what runs programs for .NET Framework: Windows, or Mono.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetFrameworkFactAttribute : FactAttribute
{
    private static readonly string? Mono = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);

    public NetFrameworkFactAttribute()
    {
        if (!OperatingSystem.IsWindows() && Mono is null)
        {
            Skip = "There is no mono on PATH (package mono-complete).";
        }
    }

    /// <summary>Runs a program for .NET Framework.</summary>
    /// <param name="program">The program.</param>
    /// <param name="argument">What it is told.</param>
    /// <returns>What it said.</returns>
    public static Task<Command> RunAsync(string program, string argument) =>
        OperatingSystem.IsWindows() ? Command.RunAsync(program, argument) : Command.RunAsync(Mono!, program, argument);
}
