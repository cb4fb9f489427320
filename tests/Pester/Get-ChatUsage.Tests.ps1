BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
    Clear-ChatUsage
}

Describe 'Get-ChatUsage' {
    BeforeEach {
        Connect-TestSandbox
        Clear-ChatUsage
    }

    It 'adds up what the answers say' {
        $answers = 'one', 'two three', 'four' | Invoke-ChatCompletion
        $answers += Invoke-ChatCompletion 'five six' -Stream | Select-Object -Last 1 -ExpandProperty Completion
        $answers += Invoke-ChatTextCompletion 'seven'
        $total = Get-ChatUsage
        $total.Connection | Should -BeExactly 'Test'
        $total.Model | Should -BeExactly 'sandbox-mini'
        $total.Requests, $total.Succeeded, $total.Failures, $total.Retries | Should -Be 5, 5, 0, 0
        $total.InputTokens | Should -Be ($answers.Usage | Measure-Object InputTokens -Sum).Sum
        $total.OutputTokens | Should -Be ($answers.Usage | Measure-Object OutputTokens -Sum).Sum
        $total.TotalTokens | Should -Be ($answers.Usage | Measure-Object TotalTokens -Sum).Sum
        $total.Cost | Should -BeNullOrEmpty
        $total.FirstUsed.Offset | Should -Be ([timespan]::Zero)
        $total.LastUsed | Should -BeGreaterOrEqual $total.FirstUsed
        "$total" | Should -BeExactly "Test sandbox-mini: 5 requests, $($total.TotalTokens) tokens"
    }

    It 'counts failures and retries under the model that was asked' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Status'; StatusCode = 500; Times = 2; RetryAfterSec = 0 } }
        Clear-ChatUsage
        $null = Invoke-ChatCompletion hi -MaxRetry 2
        $null = Get-Failure { Invoke-ChatCompletion hi -Model missing-model }
        $totals = Get-ChatUsage
        $totals.Model | Should -Be 'missing-model', 'sandbox-mini'
        $totals.Requests | Should -Be 1, 1
        $totals.Failures | Should -Be 1, 0
        $totals.Retries | Should -Be 0, 2
    }

    It 'counts a stream that breaks off as a failure' {
        Connect-TestSandbox @{ Fault = 'TruncatedStream' }
        Clear-ChatUsage
        $null = Get-Failure { Invoke-ChatCompletion hi -Stream }
        (Get-ChatUsage).Requests, (Get-ChatUsage).Failures | Should -Be 1, 1
    }

    It 'counts a stream that nobody wants any more as neither success nor failure' {
        Connect-TestSandbox @{ ChunkDelayMs = 100 }
        Clear-ChatUsage
        $null = Invoke-ChatCompletion ('word ' * 100) -Stream | Select-Object -First 1
        Wait-Until { Get-ChatUsage }
        (Get-ChatUsage).Requests, (Get-ChatUsage).Succeeded, (Get-ChatUsage).Failures | Should -Be 1, 0, 0
    }

    It 'counts moderations, and lists of models without a model' {
        $null = 'fine' | Test-ChatModeration -Model sandbox-moderation
        $null = Get-ChatModel
        $totals = Get-ChatUsage
        $totals.Model | Should -Be '', 'sandbox-moderation'
        $totals.Succeeded | Should -Be 1, 1
    }

    It 'counts other runspaces in' {
        $shell = New-TestShell
        try {
            $null = $shell.AddScript('Invoke-ChatCompletion hi').Invoke()
        }
        finally {
            $shell.Dispose()
        }

        (Get-ChatUsage).Requests | Should -Be 1
    }

    It 'chooses by connection and model, whatever the case' {
        $other = Start-ChatSandbox Other
        try {
            Connect-ChatService $other.BaseUri -Name Alpha -Model sandbox-mini
            $null = Invoke-ChatCompletion hi
            $null = Invoke-ChatCompletion hi -Connection Test
            $null = Invoke-ChatCompletion hi -Connection Test -Model sandbox-large
            (Get-ChatUsage).Connection | Should -Be 'Alpha', 'Test', 'Test'
            (Get-ChatUsage alpha).Connection | Should -Be 'Alpha'
            (Get-ChatUsage -Connection a*, nothing).Connection | Should -Be 'Alpha'
            (Get-ChatUsage -Model *LARGE).Connection | Should -Be 'Test'
            Disconnect-ChatService Alpha
            (Get-ChatUsage Alpha).Requests | Should -Be 1 -Because 'what was used stays used'
            Get-ChatUsage nowhere | Should -BeNullOrEmpty
        }
        finally {
            Stop-ChatSandbox Other
        }
    }

    It 'refuses a pattern that is none' {
        (Get-Failure { Get-ChatUsage '[' }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'can be exported' {
        $null = Invoke-ChatCompletion hi
        $rows = Get-ChatUsage | ConvertTo-Csv | ConvertFrom-Csv
        $rows.Model | Should -Be 'sandbox-mini'
        $rows.Requests | Should -Be '1'
    }
}

Describe 'Get-ChatUsage -PriceTable' {
    BeforeAll {
        Connect-TestSandbox
        Clear-ChatUsage
        $null = Invoke-ChatCompletion 'one two three'
        $usage = Get-ChatUsage
        $cost = ($usage.InputTokens * 2.5 + $usage.OutputTokens * 10) / 1e6

        function New-PriceFile([string] $Text, [string] $Name = 'prices.csv', $Encoding = 'utf8') {
            Set-Content (Join-Path $TestDrive $Name) $Text -Encoding $Encoding
            Join-Path $TestDrive $Name
        }
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a hashtable of hashtables'; Table = { @{ 'sandbox-*' = @{ Input = 2.5; Cached = 1.25; Output = 10 } } } }
        @{ What = 'names in any case'; Table = { @{ 'SANDBOX-Mini' = @{ INPUT = 2.5; output = '10' } } } }
        @{ What = 'two prices'; Table = { @{ 'sandbox-*' = 2.5, 10 } } }
        @{ What = 'three prices'; Table = { [ordered]@{ 'sandbox-*' = 2.5, 1.25, 10 } } }
        @{ What = 'custom objects as prices'; Table = { @{ 'sandbox-????' = [pscustomobject]@{ Input = 2.5; Output = 10 } } } }
        @{ What = 'the best of several'; Table = { @{ '*' = 9, 9; 'sandbox-*' = 8, 8; 'sandbox-min?' = 7, 7; 'sandbox-mini' = 2.5, 10 } } }
        @{ What = 'the longest of several patterns'; Table = { @{ '*' = 9, 9; 'sandbox-*' = 8, 8; 'sandbox-min?' = 2.5, 10 } } }
        @{ What = 'a row'; Table = { [pscustomobject]@{ Model = 'sandbox-*'; Input = 2.5; Output = 10; Note = 'x' } } }
        @{ What = 'rows of hashtables'; Table = { @{ Model = 'other'; Input = 1; Output = 1 }, @{ Model = 'sandbox-*'; Input = 2.5; Output = 10 } } }
        @{ What = 'what Import-Csv emits'; Table = { "model,INPUT,Cached,Output,Note`nother,1,,1,`nsandbox-*,2.5,,10,x" | ConvertFrom-Csv } }
        @{ What = 'a file'; Table = { New-PriceFile "Model,Input,Cached,Output`nsandbox-*,2.5,,10`n" } }
        @{ What = 'a file object'; Table = { Get-Item (New-PriceFile "Model,Input,Output`nsandbox-*,2.5,10") } }
        @{ What = 'quoted fields, spaces, blank lines and further columns'; Table = { New-PriceFile "`"Note`",Output, Model ,Input`n`n`"a, `"`"b`"`"`nc`", 1e1 , `"sandbox-*`" ,2.50`n`n" } }
        @{ What = 'the type line of Export-Csv'; Table = { New-PriceFile "#TYPE System.Object`nModel,Input,Output`nsandbox-*,2.5,10" } }
        @{ What = 'UTF-16'; Table = { New-PriceFile "Model,Input,Output`nsandbox-*,2.5,10" -Encoding unicode } }
    ) {
        [double] (Get-ChatUsage -PriceTable (& $Table)).Cost | Should -Be $cost
    }

    It 'takes UTF-8 with and without a byte order mark, and a path of PowerShell' {
        foreach ($mark in $true, $false) {
            [IO.File]::WriteAllText((Join-Path $TestDrive 'mark.csv'), "Model,Input,Output`nsandbox-*,2.5,10", [Text.UTF8Encoding]::new($mark))
            [double] (Get-ChatUsage -PriceTable TestDrive:/mark.csv).Cost | Should -Be $cost
        }
    }

    It 'reads numbers alike in every language' {
        $result = Invoke-Child -ArgumentList $ModulePath, (New-PriceFile "Model,Input,Output`n*,2.5,10") {
            param($Module, $Path)
            [cultureinfo]::CurrentCulture = 'de-DE'
            Import-Module $Module
            Connect-ChatService -Sandbox
            $null = Invoke-ChatCompletion 'one two three'
            (Get-ChatUsage -PriceTable $Path).Cost.ToString([cultureinfo]::InvariantCulture)
        }
        [double] $result | Should -Be $cost
    }

    It 'leaves models without a price without a cost' {
        (Get-ChatUsage -PriceTable @{ 'other*' = 1, 2 }).Cost | Should -BeNullOrEmpty
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'nothing in it'; Table = { @{} }; Says = '*empty*' }
        @{ What = 'a number'; Table = { 5 }; Says = "*'5' is no table*" }
        @{ What = 'a price that is negative'; Table = { @{ 'a*' = 1, -2 } }; Says = "*'a?', Output is -2*" }
        @{ What = 'a price that is no number'; Table = { @{ 'a*' = @{ Input = 'free'; Output = 1 } } }; Says = "*'a?', Input is 'free'*" }
        @{ What = 'a price that is not finite'; Table = { @{ 'a*' = [double]::NaN, 1 } }; Says = "*'a?', Input is 'NaN'*" }
        @{ What = 'a missing price'; Table = { @{ 'a*' = @{ Input = 1 } } }; Says = "*'a?' has no Output*" }
        @{ What = 'a price of another name'; Table = { @{ 'a*' = @{ Input = 1; Output = 1; Ouput = 1 } } }; Says = "*'Ouput'*" }
        @{ What = 'one price'; Table = { @{ 'a*' = 5 } }; Says = "*'a?' is '5'*" }
        @{ What = 'four prices'; Table = { @{ 'a*' = 1, 2, 3, 4 } }; Says = "*'a?'*" }
        @{ What = 'a row without a model'; Table = { [pscustomobject]@{ Model = 'x'; Input = 1; Output = 1 }, [pscustomobject]@{ Model = ' '; Input = 1; Output = 1 } }; Says = '*row 2 has no Model*' }
        @{ What = 'a row that is none'; Table = { , @(1, 2) }; Says = "*row 1 is '1'*" }
        @{ What = 'a model twice'; Table = { [pscustomobject]@{ Model = 'x'; Input = 1; Output = 1 }, [pscustomobject]@{ Model = 'X'; Input = 1; Output = 1 } }; Says = '*priced twice*' }
        @{ What = 'a file that is not there'; Table = { 'TestDrive:/missing.csv' }; Says = '*missing.csv*cannot be read*' }
        @{ What = 'a drive that is not there'; Table = { 'nowhere:/prices.csv' }; Says = '*nowhere*' }
        @{ What = 'an empty file'; Table = { New-PriceFile '' }; Says = '*empty*' }
        @{ What = 'a file without the columns'; Table = { New-PriceFile "Name,Price`nx,1" }; Says = '*row 1 has no Model*' }
        @{ What = 'semicolons'; Table = { New-PriceFile "Model;Input;Output`nx;1;2" }; Says = '*row 1 has no Model*' }
        @{ What = 'a comma in a number'; Table = { New-PriceFile "Model,Input,Output`nx,1,1`ny,`"2,5`",10" }; Says = "*row 2 ('y'), Input is '2,5'*" }
        @{ What = 'more fields than columns'; Table = { New-PriceFile "Model,Input,Output`nx,2,5,10" }; Says = '*row 1 has 4 fields*3 columns*' }
        @{ What = 'a quote that does not end'; Table = { New-PriceFile "Model,Input,Output`n`"x,1,2" }; Says = '*line 2*' }
    ) {
        $failure = @(Get-Failure { Get-ChatUsage -PriceTable (& $Table) })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike $Says
        (Get-Advice $failure[0]) | Should -Not -BeNullOrEmpty
    }
}
