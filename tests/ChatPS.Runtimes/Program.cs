using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChatPS.Runtimes;

/// <summary>
/// Stands in for PowerShell: loads the cmdlets' assembly from the assembled module and lets the module's own code find the rest.
/// Then it goes through <see cref="EngineChecks"/>, a line for each.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<int> Main(string[] arguments)
    {
        if (arguments is not [string folder])
        {
            Console.Error.WriteLine("The folder of the module's assemblies is needed: artifacts/module/ChatPS/bin/net8.0 or net472.");
            return Task.FromResult(2);
        }

        // PowerShell loads by path what the manifest names, and what lies beside it.
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            string path = Path.Combine(Path.GetFullPath(folder), new AssemblyName(request.Name).Name + ".dll");
            bool isOurs = request.RequestingAssembly is null || request.RequestingAssembly == typeof(Program).Assembly;
            return isOurs && File.Exists(path) ? Assembly.LoadFrom(path) : null;
        };
        ResolveEngine();
        return RunAsync();
    }

    // A method that names types of the module can be compiled only when they can be found: hence the steps.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ResolveEngine() => EngineResolver.Install();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunAsync()
    {
        Console.WriteLine(RuntimeInformation.FrameworkDescription);
        int failures = 0;
        foreach (KeyValuePair<string, Func<Task>> check in EngineChecks.All)
        {
            string? problem = await RunAsync(check.Value);
            failures += problem is null ? 0 : 1;
            Console.WriteLine(problem is null ? $"ok    {check.Key}" : $"FAIL  {check.Key}: {problem}");
        }

        return failures == 0 ? 0 : 1;
    }

    private static async Task<string?> RunAsync(Func<Task> check)
    {
        try
        {
            Task running = check();
            if (await Task.WhenAny(running, Task.Delay(Patience)) != running)
            {
                return $"it did not end within {Patience.TotalSeconds} s";
            }

            await running;
            return null;
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }
}
