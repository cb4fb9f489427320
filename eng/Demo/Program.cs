using ChatPS.Sandbox;

using var sandbox = SandboxServer.Start();
Console.WriteLine();
Console.WriteLine($"The sandbox answers at {sandbox.BaseUri}.");
Console.WriteLine();
Console.WriteLine("What is missing is PowerShell 7.4 or later, and with it the cmdlets:");
Console.WriteLine("  Get-ChatModel, Invoke-ChatCompletion, Test-ChatModeration and the others of ChatPS.");
Console.WriteLine("  Get it from https://aka.ms/powershell and run ./build.sh demo again.");
