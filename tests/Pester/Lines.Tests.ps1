BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-TestText([string] $Name, [string[]] $Lines) {
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($path, ($Lines -join "`n"))
        $path
    }

    # The text of each question that was sent, in the order of sending.
    function Get-TestPrompt {
        @(Get-TestRequest | ForEach-Object { ($_.Body | ConvertFrom-Json).messages[-1].content })
    }
}

AfterAll {
    Clear-Test
}

Describe 'An empty item' {
    It 'is its own error beside a prompt, and not a question about nothing' {
        Connect-TestSandbox
        $wrong = $null
        $answers = 'a', ' ', '', 'b' | Invoke-ChatCompletion 'Explain' -ErrorVariable wrong -ErrorAction SilentlyContinue
        $answers.Input | Should -BeExactly 'a', 'b'
        @($wrong).Count | Should -Be 2
        "$($wrong[0])" | Should -BeLike '*The item is empty*'
    }
}

Describe 'Lines of a file' {
    BeforeEach {
        Connect-TestSandbox
        $log = New-TestText 'web01.log' 'start', '', 'error: the disk is full', '   ', 'end'
    }

    It 'are noticed with one warning, which names the ways out' {
        $answers = Get-Content $log | Invoke-ChatCompletion 'Explain' -ThrottleLimit 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $answers.Count | Should -Be 3
        $warnings.Count | Should -Be 1
        foreach ($word in 'web01.log', 'Get-Content -Raw', 'Get-Item', '-Aggregate') {
            "$warnings" | Should -BeLike "*$word*"
        }
    }

    It 'are warned of before more than one is sent' {
        $script:sent = $null
        $null = Get-Content $log | ForEach-Object { $_ } |
            Invoke-ChatCompletion 'Explain' -ThrottleLimit 1 3>&1 | ForEach-Object {
                if ($_ -is [Management.Automation.WarningRecord]) { $script:sent = @(Get-TestRequest).Count }
            }
        $script:sent | Should -Be 1
    }

    It 'are not sent where they are blank; later ones keep their place' {
        $verbose = $null
        $output = Get-Content $log | Invoke-ChatCompletion 'Explain' -WarningAction SilentlyContinue -Verbose 4>&1
        ($output | Where-Object { $_ -is [ChatPS.ChatCompletion] }).Index | Should -Be 0, 2, 4
        ($output | Where-Object { $_ -is [Management.Automation.VerboseRecord] }) -join ' ' | Should -BeLike '*2 blank lines*'
        Get-TestPrompt | Should -Not -Contain 'Explain'
    }

    It 'are not sent where they are blank and prompts themselves' {
        $answers = Get-Content $log | Invoke-ChatCompletion -WarningAction SilentlyContinue -ErrorVariable failures
        $answers.Count | Should -Be 3
        $failures | Should -BeNullOrEmpty
    }

    It 'are put together as they stood with -Aggregate' {
        Get-Content $log | Invoke-ChatCompletion 'Explain' -Aggregate -WarningVariable warnings | ForEach-Object Input | Should -BeExactly 'start', '', 'error: the disk is full', '   ', 'end'
        Get-TestPrompt | Should -BeExactly "Explain`n`nstart`n`nerror: the disk is full`n   `nend"
        $warnings | Should -BeNullOrEmpty
    }

    It 'are put together by file with -Aggregate, below its name' {
        $other = New-TestText 'web02.log' 'fine', 'fine too'
        $null = Get-Content $log, $other | Invoke-ChatCompletion 'Compare' -Aggregate
        Get-TestPrompt | Should -BeExactly "Compare`n`nFile web01.log:`nstart`n`nerror: the disk is full`n   `nend`n`nFile web02.log:`nfine`nfine too"
    }

    It 'fill {{input}} as they stood' {
        $prompt = New-TestText 'explain.md' 'Explain [{{input}}].'
        $null = Get-Content $log | Select-Object -Last 3 | Invoke-ChatCompletion -PromptFile $prompt -Aggregate
        Get-TestPrompt | Should -BeExactly "Explain [error: the disk is full`n   `nend]."
    }

    It 'stay a text of their own among other texts' {
        $null = @('first') + @(Get-Content $log | Select-Object -Last 1) + @('last') | Invoke-ChatCompletion 'Join' -Aggregate
        Get-TestPrompt | Should -BeExactly "Join`n`nfirst`n`nend`n`nlast"
    }

    It 'are one text with <What>' -ForEach @(
        @{ What = '-Raw'; Read = { Get-Content $args[0] -Raw } }
        @{ What = '-ReadCount 0'; Read = { Get-Content $args[0] -ReadCount 0 } }
        @{ What = 'an array'; Read = { , (Get-Content $args[0]) } }
    ) {
        $answers = & $Read $log | Invoke-ChatCompletion 'Explain' -WarningVariable warnings
        @($answers).Count | Should -Be 1
        $warnings | Should -BeNullOrEmpty
        Get-TestPrompt | Should -BeExactly "Explain`n`nstart`n`nerror: the disk is full`n   `nend"
    }

    It 'of several files are one text for each with -Raw' {
        $other = New-TestText 'web02.log' 'fine', 'fine too'
        $answers = Get-Content $log, $other -Raw | Invoke-ChatCompletion 'Explain' -WarningVariable warnings
        $answers.Count | Should -Be 2
        $warnings | Should -BeNullOrEmpty
    }

    It 'are not seen in texts that come from elsewhere' {
        $answers = 'a', 'b', 'c' | Invoke-ChatCompletion 'Explain' -WarningVariable warnings
        $answers.Count | Should -Be 3
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'Files with -Aggregate' {
    BeforeEach {
        Connect-TestSandbox
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        [IO.File]::WriteAllText((Join-Path $folder 'a.log'), 'one')
        [IO.File]::WriteAllText((Join-Path $folder 'b.log'), ('x' * 1500))
        $null = New-Item (Join-Path $folder 'old') -ItemType Directory
    }

    It 'are told by name and bytes' {
        $null = Get-ChildItem $folder -File | Invoke-ChatCompletion 'Summarise' -Aggregate -InformationVariable told -InformationAction SilentlyContinue
        "$told" | Should -BeExactly 'Sending 2 files with 1,503 bytes: a.log (3), b.log (1,500).'
    }

    It 'are told and not sent with -WhatIf' {
        $shell = New-TestShell
        try {
            $null = $shell.AddScript('param($Folder) Connect-ChatService -Sandbox -Name Test; Start-Transcript (Join-Path $Folder out.txt) | Out-Null; Get-ChildItem $Folder -Filter *.log | Invoke-ChatCompletion "Summarise" -Aggregate -WhatIf; Stop-Transcript | Out-Null').AddArgument($folder.FullName).Invoke()
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }

        Get-Content (Join-Path $folder 'out.txt') -Raw | Should -BeLike '*2 files with 1,503 bytes: a.log (3), b.log (1,500)*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'go without the folders among them, with a warning for each' {
        $answer = Get-ChildItem $folder | Invoke-ChatCompletion 'Summarise' -Aggregate -WarningVariable warnings -WarningAction SilentlyContinue
        @($answer).Count | Should -Be 1
        $answer.Input.Name | Should -Be 'a.log', 'b.log'
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike "*'old'*"
    }

    It 'go without an empty one, which is an error of its own' {
        [IO.File]::WriteAllText((Join-Path $folder 'empty.log'), '')
        $answer = Get-ChildItem $folder -File | Sort-Object Name -Descending | Invoke-ChatCompletion 'Summarise' -Aggregate -ErrorVariable failures -ErrorAction SilentlyContinue
        @($answer).Count | Should -Be 1
        $failures.Count | Should -Be 1
        $failures[0].TargetObject.Name | Should -Be 'empty.log'
        $failures[0].Exception.Index | Should -Be 0
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        (Get-TestPrompt) | Should -BeLike '*File a.log:*one*'
    }

    It 'are no request where none is left' {
        [IO.File]::WriteAllText((Join-Path $folder 'empty.log'), '')
        @(Get-Failure { Get-Item (Join-Path $folder 'empty.log') | Invoke-ChatCompletion 'Summarise' -Aggregate }).Count | Should -Be 1
        Get-TestRequest | Should -BeNullOrEmpty
    }
}
