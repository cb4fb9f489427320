BeforeAll {
    . $PSScriptRoot/common.ps1

    # What a runbook does that is killed again and again. Each answer that it was given goes to a file at once.
    $script = Join-Path $TestDrive 'run.ps1'
    Set-Content $script @'
param($Module, $Uri, $Checkpoint, $Emitted, $Items, $Window)
Import-Module $Module
Connect-ChatService $Uri -Model sandbox-mini -MaxRetry 0
$file = [IO.StreamWriter]::new($Emitted, $true)
$file.AutoFlush = $true
[string[]](1..$Items) | Invoke-ChatCompletion -CheckpointPath $Checkpoint -ThrottleLimit $Window | ForEach-Object { $file.WriteLine("$($_.Index)`t$($_.Input)`t$($_.Text)") }
$file.Dispose()
'@

    function Start-Run {
        $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, $uri, $checkpoint, $emitted, $items, $window
        $start.RedirectStandardError = $true
        $start.RedirectStandardOutput = $true
        [Diagnostics.Process]::Start($start)
    }

    function Get-Asked {
        $last = Get-ChatSandboxRequest -Name Test -Last 1
        if ($last) { $last.Number } else { 0 }
    }

    function Read-Emitted {
        if (Test-Path $emitted) {
            [IO.File]::ReadAllLines($emitted)
            Remove-Item $emitted
        }
    }
}

AfterAll {
    Clear-Test
}

Describe 'A run that is killed' {
    It 'loses nothing but what was in flight, and never gives a wrong or doubled answer: 50 kills' {
        $items = 200
        $window = 8
        $kills = 50
        $seed = if ($env:CHATPS_SEED) { [int]$env:CHATPS_SEED } else { Get-Random -Maximum 1000000 }
        $random = [Random]::new($seed)
        $because = "seed $seed"

        # Each answer tells which request it answers, and takes its own time.
        Connect-TestSandbox @{ LatencyMs = 5; Response = { $script:asked++; Start-Sleep -Milliseconds ($script:asked * 7 % 5); "answer $script:asked to $($_.Prompt)" } }
        $uri = (Get-ChatConnection Test).BaseUri
        $checkpoint = Join-Path $TestDrive 'run.jsonl'
        $emitted = Join-Path $TestDrive 'emitted.txt'
        $seen = [Collections.Generic.List[string]]::new()
        $midway = 0

        for ($kill = 0; $kill -lt $kills; $kill++) {
            $stored = if (Test-Path $checkpoint) { [Math]::Max(0, [IO.File]::ReadAllLines($checkpoint).Count - 1) } else { 0 }
            $before = Get-Asked
            $run = Start-Run
            try {
                # Spread over what is left; every tenth is killed before its first request.
                $target = $before + $(if ($kill % 10 -eq 0) { 0 } else { 1 + $random.Next([Math]::Max(1, [int](2 * ($items - $stored) / ($kills - $kill + 1)))) })
                $pause = if ($kill % 10 -eq 0) { $random.Next(700) } else { $random.Next(25) }
                while ((Get-Asked) -lt $target -and -not $run.HasExited) {
                    [Threading.Thread]::Sleep(1)
                }

                [Threading.Thread]::Sleep($pause)
                $midway += [int](-not $run.HasExited)
                $run.Kill()
                $run.WaitForExit()
            }
            finally {
                $run.Dispose()
            }

            $lines = @(Read-Emitted)
            $lines.Count | Should -Be @($lines | Select-Object -Unique).Count -Because $because
            foreach ($line in $lines) { $seen.Add($line) }
        }

        $asked = Get-Asked
        $run = Start-Run
        $problems = $run.StandardError.ReadToEnd()
        $run.WaitForExit()
        $problems | Should -BeNullOrEmpty -Because $because
        $run.ExitCode | Should -Be 0 -Because $because
        $final = @(Read-Emitted)

        $final.Count | Should -Be $items -Because $because
        ($final | ForEach-Object { ($_ -split "`t")[1] }) -join ' ' | Should -BeExactly (1..$items -join ' ') -Because $because
        ($final | ForEach-Object { ($_ -split "`t")[2] }) | Where-Object { $_ -cnotmatch '^answer \d+ to \d+$' } | Should -BeNullOrEmpty -Because $because
        @($final | ForEach-Object { ($_ -split "`t")[2] } | Select-Object -Unique).Count | Should -Be $items -Because "$because; no answer is given twice"
        $seen | Where-Object { $_ -cnotin $final } | Should -BeNullOrEmpty -Because "$because; what was given once stays"
        $seen.Count | Should -BeGreaterThan 0 -Because $because
        Get-Asked | Should -BeLessOrEqual ($items + $kills * $window) -Because $because
        $midway | Should -BeGreaterThan ($kills / 2) -Because "$because; most kills hit a run at work"

        # The file is whole: every line can be read, and a run on it asks nothing.
        $records = [IO.File]::ReadAllLines($checkpoint) | ForEach-Object { $_ | ConvertFrom-Json }
        @($records).Count | Should -Be ($items + 1) -Because $because
        $asked = Get-Asked
        @([string[]](1..$items) | Invoke-ChatCompletion -CheckpointPath $checkpoint).Count | Should -Be $items -Because $because
        Get-Asked | Should -Be $asked -Because $because
    }
}
